// A child that misbehaves on demand.
using ExtGap.TestProgram;

if (args is ["connect", var path])
{
    return ConnectVerb.Run(path);
}

Console.WriteLine(string.Join(' ', args));
return 0;
