using ExtGap.Exchange.Faults;
using ExtGap.Exchange.Rest;
using ExtGap.Exchange.Streams;
using ExtGap.Exchange.Telegram;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Hosting;

/// <summary>Finds out whom a request is for.</summary>
internal sealed class Endpoints(ExchangeState exchange, Connections connections)
{
    private readonly ApiEndpoints _api = new(exchange);
    private readonly TelegramStandIn _telegram = new(exchange);
    private readonly ControlEndpoints _control = new(exchange);

    /// <summary>Answers a request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (Handshake.IsRequested(context))
        {
            return exchange.Faults.Inject(FaultKind.RefuseStream) is { } fault ? RestFaults.RefuseAsync(context, exchange, fault.Value.Number, 1)
                : StreamPath.TryParse(path, context.Request.Query["streams"], out var streams) ? connections.ServeAsync(context, streams)
                : ApiEndpoints.AnswerErrorAsync(context, RestError.NoSuchPath(path, context.Request.Method));
        }

        if (TelegramStandIn.IsMine(path))
        {
            return _telegram.HandleAsync(context, path);
        }

        return ApiEndpoints.IsMine(path) && HttpMethods.IsGet(context.Request.Method)
            ? _api.HandleAsync(context, path)
            : _control.HandleAsync(context, path);
    }
}
