using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ExtGap.Bot.Tests.Support;

/// <summary>A server on loopback whose certificate nobody vouches for. It listens to whoever speaks to it all the same.</summary>
internal sealed class ForgedServer : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly LoopbackListener _listener;
    private int _connections;
    private int _heard;

    public ForgedServer(CancellationToken stop)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        _listener = new(ServeAsync, stop);
    }

    public Uri Url => new($"https://127.0.0.1:{_listener.Port}");

    public Uri StreamUrl => new($"wss://127.0.0.1:{_listener.Port}");

    /// <summary>Who has come.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Who has said something, the certificate notwithstanding.</summary>
    public int Heard => Volatile.Read(ref _heard);

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task ServeAsync(NetworkStream client, CancellationToken stop)
    {
        Interlocked.Increment(ref _connections);
        await using var stream = new SslStream(client);
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stop);
            if (await stream.ReadAsync(new byte[1], stop) > 0)
            {
                Interlocked.Increment(ref _heard);
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side has hung up, as it should.
        }
    }
}
