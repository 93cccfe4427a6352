using System.Globalization;
using OrleansShop.Engine.Simulation.Time;

namespace OrleansShop.Engine.Simulation.Tracing;

/// <summary>What has happened, line by line: the last lines for a report, all of them for a file, and a hash of all for the proof that a seed replays.</summary>
internal sealed class Trace(VirtualTime time, TextWriter? file)
{
    private const int Kept = 200;
    private const ulong Prime = 1_099_511_628_211;

    private readonly Queue<string> _last = [];

    /// <summary>Whether everything is written down, and not only what counts for the hash.</summary>
    public bool IsFull => file is not null;

    public ulong Hash { get; private set; } = 14_695_981_039_346_656_037;

    public IEnumerable<string> Last => _last;

    /// <summary>Something that belongs to the course of a run.</summary>
    public void Note(string who, string what)
    {
        var line = Line(who, what);
        foreach (var character in line)
            Mix(character);
        _last.Enqueue(line);
        if (_last.Count > Kept)
            _last.Dequeue();
        file?.WriteLine(line);
    }

    /// <summary>The same, for what is too frequent to be put in words.</summary>
    public void Count(long what)
    {
        Mix((ulong)time.Now.Ticks);
        Mix((ulong)what);
    }

    /// <summary>Something that helps to read a run.</summary>
    public void Detail(string who, string what) => file?.WriteLine(Line(who, what));

    private string Line(string who, string what) => string.Create(CultureInfo.InvariantCulture, $"{time.Now.TotalSeconds,10:F4} {who,-9} {what}");

    private void Mix(ulong value) => Hash = (Hash ^ value) * Prime;
}
