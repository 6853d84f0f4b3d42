using System.Net;

namespace ExtGap.Fuzz.Targets;

/// <summary>Stands for the network: whatever is asked, it has one answer.</summary>
internal sealed class FixedAnswer(HttpStatusCode status, byte[] body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent(body), RequestMessage = request };
        answer.Content.Headers.ContentType = new("application/json");
        return Task.FromResult(answer);
    }
}
