# The .NET SDK that builds ExtGap, and the system's libraries that a program of .NET loads while it runs.
{ pkgs }: {
  deps = [
    pkgs.dotnet-sdk_10
    pkgs.openssl
    pkgs.zlib
  ];
  env = {
    LD_LIBRARY_PATH = pkgs.lib.makeLibraryPath [
      pkgs.openssl
      pkgs.zlib
      pkgs.stdenv.cc.cc.lib
    ];
  };
}
