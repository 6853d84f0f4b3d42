using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtGap.Exchange.Hosting;

/// <summary>Kestrel and nothing else: no configuration files, no environment, no log, no signal handlers.</summary>
internal static class WebHost
{
    // 1024 streams of 30 characters in one address.
    private const int MostAddressBytes = 64 * 1024;

    // What lies in the kernel is what a clock without limit is ahead of its subscribers.
    private const int SocketBuffer = 64 * 1024;

    /// <summary>Builds the web server.</summary>
    public static WebApplication Build(IPEndPoint listen, Endpoints endpoints)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MostAddressBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * MostAddressBytes;
            kestrel.Listen(listen, options => options.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = endPoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.SendBuffer, SocketBuffer);
            return socket;
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var web = builder.Build();
        web.Run(endpoints.HandleAsync);
        return web;
    }

    /// <summary>Signals are the program's business, not the web server's.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
