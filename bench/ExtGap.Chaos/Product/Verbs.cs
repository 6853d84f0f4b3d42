using System.Diagnostics;
using ExtGap.Supervisor.Control;

namespace ExtGap.Chaos.Product;

/// <summary>How a verb ended.</summary>
internal sealed record VerbResult(int ExitCode, string Output, TimeSpan Took);

/// <summary>The product's own client: its verbs as processes, and its status over the control pipe.</summary>
internal sealed class Verbs(Workplace place)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs a verb to its end.</summary>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public async Task<VerbResult> RunAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Start(arguments);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output + await error, Stopwatch.GetElapsedTime(began));
        }
        catch (OperationCanceledException e)
        {
            Processes.Signal(process.Id, 9);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"extgap {string.Join(' ', arguments)} did not end within {Patience.TotalSeconds} s.", e);
        }
    }

    /// <summary>Starts a verb.</summary>
    public Process Start(params IEnumerable<string> arguments)
    {
        var process = Process.Start(place.StartOf("extgap", [.. arguments, "--config", place.Configuration]))!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>The status; none where no supervisor answers.</summary>
    public async Task<SupervisorStatus?> StatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var client = await ControlClient.ConnectAsync(place.RunDirectory, place.Configuration, TimeProvider.System, cancellationToken);
            await foreach (var reply in client.AskAsync(new ControlRequest.Status([], null), cancellationToken))
            {
                if (reply is ControlReply.Report { Status: var status })
                {
                    return status;
                }
            }

            return null;
        }
        catch (Exception e) when (e is Supervisor.SupervisorException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
