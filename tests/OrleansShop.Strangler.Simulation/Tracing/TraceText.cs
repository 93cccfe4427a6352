using System.Runtime.CompilerServices;
using System.Text;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation.Tracing;

/// <summary>A line of the trace, which is put together only if somebody reads it.</summary>
[InterpolatedStringHandler]
internal readonly ref struct TraceText
{
    private readonly StringBuilder? _text;

    public TraceText(int literalLength, int formattedCount, World world, out bool isRead)
    {
        isRead = world.IsTraced;
        _text = isRead ? new StringBuilder(literalLength + (8 * formattedCount)) : null;
    }

    public TraceText(int literalLength, int formattedCount, Process process, out bool isRead)
        : this(literalLength, formattedCount, process.World, out isRead)
    {
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(value);

    public void AppendFormatted<T>(T value, int alignment) => _text!.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, $"{{0,{alignment}}}", value);

    public override string ToString() => _text?.ToString() ?? "";
}
