using System.Threading.Channels;
using CliWrap;
using CliWrap.Buffered;
using ExtGap.Supervisor.Running;
using Microsoft.Extensions.Logging;

namespace ExtGap.Supervisor.Alerts;

/// <summary>Sends alerts, one at a time and in order, by a one-shot <c>extgap-bot notify</c>, again and again until it is delivered. The supervisor itself knows no Telegram.</summary>
/// <param name="notify">The command that sends its stdin.</param>
/// <param name="time">Paces the tries.</param>
/// <param name="log">The supervisor's own log.</param>
internal sealed class AlertSender(Func<Command> notify, TimeProvider time, ILogger log)
{
    // Its exit code for "no credentials", or ones that can't work.
    private const int ConfigurationFault = 78;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // A day's worth of trouble without a network; the oldest are the first to lose their interest.
    private readonly Channel<Alert> _alerts = Channel.CreateBounded<Alert>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Takes an alert and returns at once.</summary>
    public void Send(Alert alert)
    {
        log.Alerting(alert.Text);
        _alerts.Writer.TryWrite(alert);
    }

    /// <summary>Sends what comes, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var alert in _alerts.Reader.ReadAllAsync(cancellationToken))
        {
            var delay = FirstDelay;
            while (await TryAsync(alert, cancellationToken) is { } why)
            {
                log.AlertFailed(delay.TotalSeconds, why);
                await Task.Delay(delay, time, cancellationToken);
                delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
            }
        }
    }

    /// <returns>Why it should be tried again; none where it is done.</returns>
    private async Task<string?> TryAsync(Alert alert, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await notify()
                .WithStandardInputPipe(PipeSource.FromString(alert.Text))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(either.Token);
            if (result.ExitCode == ConfigurationFault)
            {
                log.AlertsOff(LastLine(result.StandardError));
                return null;
            }

            if (!result.IsSuccess && result.StandardOutput.Length > 0)
            {
                // Stdout names the chats that have it: one that is gone must not make them hear it again and again.
                log.AlertIncomplete(LastLine(result.StandardError));
                return null;
            }

            return result.IsSuccess ? null : LastLine(result.StandardError);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return $"no end after {Patience.TotalSeconds} s";
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or SupervisorException)
        {
            return e.Message;
        }
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1];
}
