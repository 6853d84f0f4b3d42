using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ExtGap.Exchange.Hosting;

/// <summary>Writes answers.</summary>
internal static class HttpAnswer
{
    /// <summary>The type of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Answers with JSON.</summary>
    public static Task JsonAsync(HttpContext context, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return SendAsync(context, Write(write), Json);
    }

    /// <summary>Writes JSON.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, JsonText.Options))
        {
            write(json);
        }

        return body.WrittenMemory;
    }

    /// <summary>Answers with a page for people.</summary>
    public static Task HtmlAsync(HttpContext context, int status, string title, string text)
    {
        context.Response.StatusCode = status;
        var page = $"<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n<body><h1>{title}</h1>\n<p>{text}</p></body></html>\n";
        return SendAsync(context, Encoding.UTF8.GetBytes(page), "text/html");
    }

    /// <summary>Answers with these bytes.</summary>
    public static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
