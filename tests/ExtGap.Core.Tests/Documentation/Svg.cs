using System.Globalization;
using System.Text;

namespace ExtGap.Core.Tests.Documentation;

/// <summary>A drawing on a card of its own, legible on light and dark pages.</summary>
internal sealed class Svg
{
    private const string Style =
        """
          <style>
            text { font: 13px -apple-system, "Segoe UI", "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #1f2328 }
            .title { font-weight: 600; font-size: 14px }
            .small { font-size: 12px }
            .muted { fill: #59636e }
            .card { fill: #ffffff; stroke: #d1d9e0 }
            .wick { stroke: #6e7781; stroke-width: 1.5 }
            .up { fill: #ffffff; stroke: #6e7781; stroke-width: 1.5 }
            .down { fill: #6e7781; stroke: #6e7781; stroke-width: 1.5 }
            .frame { stroke: #d1d9e0 }
            .bearish { fill: #cf222e } .bullish { fill: #1a7f37 } .trade { fill: #0969da }
            .bearish.stroke { stroke: #cf222e } .bullish.stroke { stroke: #1a7f37 } .trade.stroke { stroke: #0969da }
            .level { stroke-width: 2.5 } line.trade { stroke-width: 2; stroke-dasharray: 5 4 }
            path.candidate { fill: none; stroke-width: 1.5; stroke-dasharray: 2 3 }
            .zone { opacity: .3 } .strong { font-weight: 600 }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc } .muted { fill: #9198a1 }
              .card { fill: #0d1117; stroke: #3d444d } .frame { stroke: #3d444d }
              .wick { stroke: #8b949e } .up { fill: #0d1117; stroke: #8b949e } .down { fill: #8b949e; stroke: #8b949e }
              .bearish { fill: #ff7b72 } .bullish { fill: #3fb950 } .trade { fill: #58a6ff }
              .bearish.stroke { stroke: #ff7b72 } .bullish.stroke { stroke: #3fb950 } .trade.stroke { stroke: #58a6ff }
            }
          </style>
        """;

    private readonly StringBuilder _text = new();

    public Svg(int width, int height, string title)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"");
        _text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\">\n");
        _text.Append(CultureInfo.InvariantCulture, $"  <title>{title}</title>\n{Style}\n");
        _text.Append(CultureInfo.InvariantCulture, $"  <rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{width - 1}\" height=\"{height - 1}\" rx=\"6\"/>\n");
    }

    public void Line(string kind, double x1, double y1, double x2, double y2) =>
        Add($"<line class=\"{kind}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    public void Rectangle(string kind, double left, double right, double y1, double y2) =>
        Add($"<rect class=\"{kind}\" x=\"{left:0.#}\" y=\"{Math.Min(y1, y2):0.#}\" width=\"{right - left:0.#}\" height=\"{Math.Max(Math.Abs(y2 - y1), 1):0.#}\"/>");

    public void Triangle(string kind, double x, double y, bool isUp) =>
        Add($"<path class=\"{kind}\" d=\"M{x - 5:0.#} {y:0.#}h10l-5 {(isUp ? -8 : 8)}z\"/>");

    public void Dot(string kind, double x, double y) => Add($"<circle class=\"{kind}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4\"/>");

    public void Steps(string kind, IEnumerable<(double Left, double Right, double Y)> steps)
    {
        var way = steps.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{step.Left:0.#} {step.Y:0.#}H{step.Right:0.#}"));
        Add($"<path class=\"{kind}\" d=\"{string.Concat(way)}\"/>");
    }

    /// <summary>A text, at its <paramref name="anchor"/> (<c>start</c>, <c>middle</c>, <c>end</c>).</summary>
    public void Text(string kind, double x, double y, string text, string anchor = "middle") =>
        Add($"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">{text}</text>");

    public override string ToString() => $"{_text}</svg>\n";

    private void Add(FormattableString element) => _text.Append("  ").Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
