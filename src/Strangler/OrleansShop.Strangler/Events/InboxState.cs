using System.Collections.Immutable;
using OrleansShop.Strangler.Events.Protocol;

namespace OrleansShop.Strangler.Events;

/// <summary>
/// The part of a consumer's state that knows which events it has handled, so that the effect of an event and the note of it are one write. Immutable.
/// </summary>
/// <remarks>
/// What is remembered, and what happens beyond:
/// <list type="bullet">
/// <item>Of each source that numbers its events, the highest number and up to <see cref="SourceWindow.MaxMissing"/> lower ones that have not come. When more are missing, the lowest are forgotten: such an event, should it still come, is
/// <see cref="EventReceipt.Unknown"/>.</item>
/// <item>Of the others, the last <see cref="MaxIds"/> ids. An event that is older than those is taken for new.</item>
/// <item><see cref="MaxSources"/> numbered sources. When there are more, the one that was silent longest is forgotten, and its next event, were it one that was handled before, is taken for new.</item>
/// </list>
/// </remarks>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.InboxState")]
public sealed record InboxState
{
    /// <summary>How many sources that number their events are remembered.</summary>
    public const int MaxSources = 1000;

    /// <summary>How many ids of events without numbers are remembered, of all their sources together.</summary>
    public const int MaxIds = 256;

    /// <summary>What is known of each source that numbers its events. A list: state serializers keep no dictionary that does not change.</summary>
    [Id(0)]
    public ImmutableArray<SourceWindow> Sources { get; init; } = [];

    /// <summary>Source and id of the last events without numbers, the newest last.</summary>
    [Id(1)]
    public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>How many events have been handled.</summary>
    [Id(2)]
    public long Handled { get; init; }

    /// <summary>What is known of an event.</summary>
    public EventReceipt Look(CloudEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.Sequence is not { } sequence) return Ids.Contains(NameOf(happened), StringComparer.Ordinal) ? EventReceipt.Duplicate : EventReceipt.New;
        return PlaceOf(happened.Source) is >= 0 and var place ? Sources[place].Look(sequence) : EventReceipt.New;
    }

    /// <summary>The state after an event that was new has been handled.</summary>
    public InboxState With(CloudEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var handled = Handled + 1;
        if (happened.Sequence is not { } sequence)
        {
            ImmutableArray<string> ids = [.. Ids, NameOf(happened)];
            return this with { Handled = handled, Ids = ids.Length > MaxIds ? ids[^MaxIds..] : ids };
        }

        var known = PlaceOf(happened.Source);
        var window = (known < 0 ? new SourceWindow { Source = happened.Source } : Sources[known]).With(sequence) with { UsedAt = handled };
        var sources = known < 0 ? Sources.Add(window) : Sources.SetItem(known, window);
        return this with { Handled = handled, Sources = sources.Length > MaxSources ? sources.Remove(sources.MinBy(static source => source.UsedAt)!) : sources };
    }

    private int PlaceOf(string source)
    {
        for (var place = 0; place < Sources.Length; place++)
        {
            if (string.Equals(Sources[place].Source, source, StringComparison.Ordinal)) return place;
        }

        return -1;
    }

    private static string NameOf(CloudEvent happened) => $"{happened.Source} {happened.Id}";
}
