// A child that misbehaves on demand. What a shell does in a line is not here: see the tests' ShellScripts.
using System.Globalization;
using ExtGap.TestProgram;

switch (args)
{
    // Numbered lines on stdout, then a crash if it is asked for.
    case ["lines", var count, .. var rest]:
        Writer.Lines(Number(count));
        return rest is ["crash"] ? Crash() : 0;

    // An exception that nobody catches: a trace on stderr, and SIGABRT.
    case ["crash"]:
        return Crash();

    // So many bytes of numbered lines on stdout, as fast as they go.
    case ["flood", var bytes]:
        Writer.Flood(Number(bytes));
        return 0;

    // One line of so many bytes.
    case ["long-line", var bytes]:
        Writer.LongLine(Number(bytes));
        return 0;

    // Each byte that there is, once, which is no UTF-8.
    case ["not-utf8"]:
        Writer.AllBytes();
        return 0;

    // One NAME=VALUE a line.
    case ["print-environment"]:
        Writer.Environment();
        return 0;

    // Touches so much memory, says "eaten", and keeps it.
    case ["eat-memory", var bytes]:
        return Waiter.EatAndWait(Number(bytes));

    // Lives until it is told to go.
    case ["wait"] or ["never-ready"]:
        return Waiter.Wait();

    // Speaks sd_notify as a bot does: ready, and alive each so many milliseconds, or silent from then on.
    case ["ready", .. var rest]:
        return await FakeBot.RunAsync(TimeSpan.FromMilliseconds(rest is [var every] ? Number(every) : 200));
    case ["silent-after-ready"]:
        return await FakeBot.RunAsync(null);

    // Runs COUNT times a command as the supervisor does, prints the pids, and waits to be killed.
    case ["host", var launcher, var count, .. var command]:
        return await Host.RunAsync(launcher, (int)Number(count), command);

    // Is a supervisor whose wall clock jumps a year to and fro.
    case ["jumping-supervisor", var configuration]:
        return await JumpingClock.SuperviseAsync(configuration);
    case ["exec", .. var rest]:
        return ExtGap.Supervisor.Commands.ExecCommand.Run(rest);

    // Asks a supervisor's control pipe for its status, as whoever runs this.
    case ["connect", var path]:
        return ConnectVerb.Run(path);
    default:
        Console.Error.WriteLine($"extgap-test-program: {string.Join(' ', args)} is not understood");
        return 64;
}

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

static int Crash() => throw new InvalidOperationException("crash on demand");
