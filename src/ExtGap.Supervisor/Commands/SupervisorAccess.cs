using System.Runtime.CompilerServices;
using ExtGap.Supervisor.Configuration;
using ExtGap.Supervisor.Control;

namespace ExtGap.Supervisor.Commands;

/// <summary>The supervisor of one configuration, as verbs ask it.</summary>
/// <param name="surroundings">How to read the configuration and to connect.</param>
/// <param name="path">Absolute path of the configuration.</param>
internal sealed class SupervisorAccess(Surroundings surroundings, string path)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a supervisor has answered a connection: what fails after that is not for want of one.</summary>
    public bool HasConnected { get; private set; }

    /// <summary>The configuration.</summary>
    /// <exception cref="SupervisorException">It has faults.</exception>
    public SupervisorOptions Load() => surroundings.Load(path);

    /// <summary>Asks on a connection of its own, and yields what comes; <see cref="ControlReply.Done"/> last.</summary>
    /// <exception cref="SupervisorException">No supervisor runs, it went away, or it could not do what was asked.</exception>
    public IAsyncEnumerable<ControlReply> AskAsync(ControlRequest request, CancellationToken cancellationToken) => AskAsync(ConnectAsync, request, cancellationToken);

    /// <summary>Has every program started, by a supervisor that is started itself where none runs. One that is about to end is waited for first.</summary>
    public async IAsyncEnumerable<ControlReply> StartAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasTold = false;
        while (true)
        {
            var (client, isNew) = await surroundings.StartSupervisorAsync(Load(), cancellationToken);
            await using var replies = AskAsync(_ => Task.FromResult(client), new ControlRequest.StartAll(isNew), cancellationToken).GetAsyncEnumerator(cancellationToken);
            if (await IsTakenAsync(replies))
            {
                do
                {
                    yield return replies.Current;
                }
                while (await replies.MoveNextAsync());
                yield break;
            }

            if (!hasTold)
            {
                hasTold = true;
                yield return new ControlReply.Progress("The supervisor is about to stop: the next one starts when it has gone.");
            }

            await Task.Delay(BetweenTries, surroundings.Time, cancellationToken);
        }
    }

    /// <summary>The status, once.</summary>
    public async Task<SupervisorStatus> AskStatusAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await foreach (var reply in AskAsync(new ControlRequest.Status(names, null), cancellationToken))
        {
            if (reply is ControlReply.Report report)
            {
                return report.Status;
            }
        }

        throw new SupervisorException(ExitCode.Failure, "The supervisor has answered without a status.");
    }

    /// <returns>Whether there is a first reply, and not one from a supervisor that does nothing more.</returns>
    private static async Task<bool> IsTakenAsync(IAsyncEnumerator<ControlReply> replies)
    {
        try
        {
            return await replies.MoveNextAsync();
        }
        catch (SupervisorEndingException)
        {
            return false;
        }
    }

    private async IAsyncEnumerable<ControlReply> AskAsync(
        Func<CancellationToken, Task<IControlClient>> connectAsync, ControlRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var client = await connectAsync(cancellationToken);
        HasConnected = true;
        await using var replies = client.AskAsync(request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            bool isThere;
            try
            {
                isThere = await replies.MoveNextAsync();
            }
            catch (IOException)
            {
                isThere = false;
            }

            switch (isThere ? replies.Current : null)
            {
                case null:
                    throw new SupervisorException(ExitCode.Failure, "The supervisor has gone before it had answered: see its log, logs/supervisor.log, and 'extgap status'.");
                case ControlReply.Failed { IsEnding: true } ending:
                    throw new SupervisorEndingException(ending.Error);
                case ControlReply.Failed failed:
                    throw new SupervisorException(failed.ExitCode, failed.Error);
                case ControlReply.Done done:
                    yield return done;
                    yield break;
                case var reply:
                    yield return reply;
                    break;
            }
        }
    }

    private async Task<IControlClient> ConnectAsync(CancellationToken cancellationToken)
    {
        string runDirectory;
        SupervisorException? fault = null;
        try
        {
            runDirectory = Load().RunDirectory;
        }
        catch (SupervisorException e)
        {
            // The file was spoilt after the supervisor had read it: that must not keep anybody from asking or stopping it.
            fault = e;
            if ((e as ConfigurationException)?.RunDirectory is { } known)
            {
                runDirectory = known;
            }
            else
            {
                RunDirectory.Choose(Path.Combine(Path.GetDirectoryName(path)!, RunDirectory.DefaultName), path, surroundings.Variable, PosixFile.CanWriteFolder, out runDirectory);
            }
        }

        try
        {
            return await surroundings.ConnectAsync(runDirectory, path, cancellationToken);
        }
        catch (SupervisorException e) when (fault is not null && e.ExitCode == ExitCode.NoSupervisor)
        {
            throw fault;
        }
    }
}
