using System.Runtime.CompilerServices;

namespace ExtGap.Fuzz.Running;

/// <summary>A reader did what its documentation excludes.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message)
{
    public static void ThrowIf(bool isBroken, string promise)
    {
        if (isBroken)
        {
            throw new BrokenPromiseException(promise);
        }
    }

    public static void ThrowIf(bool isBroken, [InterpolatedStringHandlerArgument(nameof(isBroken))] ref Words promise)
    {
        if (isBroken)
        {
            throw new BrokenPromiseException(promise.Text);
        }
    }

    /// <summary>Puts a message together only where there is something to tell: millions of promises are kept.</summary>
    [InterpolatedStringHandler]
    internal ref struct Words
    {
        private DefaultInterpolatedStringHandler _text;

        public Words(int literalLength, int formattedCount, bool isBroken, out bool isWanted)
        {
            isWanted = isBroken;
            _text = isBroken ? new(literalLength, formattedCount) : default;
        }

        public string Text => _text.ToStringAndClear();

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);
    }
}
