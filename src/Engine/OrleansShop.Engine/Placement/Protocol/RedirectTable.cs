using System.Diagnostics;
using Orleans.Runtime;

namespace OrleansShop.Engine.Placement.Protocol;

/// <summary>
/// The redirects that an owner has. At most one for each grain; there are never more than activations and placements under way.
/// Not thread-safe: <see cref="Redirects"/> guards it.
/// </summary>
internal sealed class RedirectTable
{
    private readonly Dictionary<GrainId, Redirect> _redirects = [];
    private long _nextNumber = 1;

    /// <summary>How many there are.</summary>
    public int Count => _redirects.Count;

    /// <summary>The lowest number that a host may still be asked with for the first time.</summary>
    public long Floor => _redirects.Values.Where(static redirect => redirect.Stage < RedirectStage.Asked).Select(static redirect => redirect.Number).Append(_nextNumber).Min();

    /// <summary>The redirect of a grain, or null if it lives with its owner or nowhere.</summary>
    public Redirect? Find(GrainId grain) => _redirects.GetValueOrDefault(grain);

    /// <summary>Begins a placement. The caller knows that the grain has no activation with the owner.</summary>
    /// <param name="grain">The grain, which has no redirect.</param>
    /// <param name="host">The silo that shall run it; null if that is still to be chosen.</param>
    /// <param name="view">The view that this silo is at.</param>
    public Redirect Begin(GrainId grain, SiloAddress? host, long view)
    {
        Debug.Assert(!_redirects.ContainsKey(grain), "A grain has at most one redirect.");
        var begun = new Redirect(_nextNumber++, host, host is null ? RedirectStage.Choosing : RedirectStage.Placing, view);
        _redirects.Add(grain, begun);
        return begun;
    }

    /// <summary>A host was chosen. Null if the placement has been dropped meanwhile.</summary>
    public Redirect? Choose(GrainId grain, long number, SiloAddress host)
    {
        if (Find(grain) is not { Stage: RedirectStage.Choosing } choosing || choosing.Number != number)
            return null;
        return _redirects[grain] = choosing with { Host = host, Stage = RedirectStage.Placing };
    }

    /// <summary>The host has been asked, or could not be. Nothing if it has answered already, or the placement has been dropped.</summary>
    public void NoteAsked(GrainId grain, long number)
    {
        if (Find(grain) is { Stage: RedirectStage.Placing } placing && placing.Number == number)
            _redirects[grain] = placing with { Stage = RedirectStage.Asked };
    }

    /// <summary>The host has the activation. False if the placement has been dropped meanwhile, or is another's.</summary>
    public bool Confirm(GrainId grain, long number, SiloAddress host)
    {
        if (Find(grain) is not { } placing || placing.Number != number || !host.Equals(placing.Host))
            return false;
        _redirects[grain] = placing with { Stage = RedirectStage.Placed };
        return true;
    }

    /// <summary>The host does not have the activation, and never will by this number. False if that is no news.</summary>
    public bool Drop(GrainId grain, long number) =>
        Find(grain) is { } redirect && redirect.Number == number && _redirects.Remove(grain);

    /// <summary>Drops those of grains that this silo may not decide about any more, and those to silos that are gone. Returns how many.</summary>
    public int Enter(Func<GrainId, bool> isOpenHere, Func<SiloAddress, bool> isGone)
    {
        if (_redirects.Count == 0)
            return 0;
        var dropped = _redirects.Where(entry => !isOpenHere(entry.Key) || (entry.Value.Host is { } host && isGone(host))).Select(entry => entry.Key).ToList();
        foreach (var grain in dropped)
            _redirects.Remove(grain);
        return dropped.Count;
    }

    /// <summary>The placements that silos were asked for and have not answered.</summary>
    public ILookup<SiloAddress, (GrainId Grain, long Number)> Unanswered() => _redirects
        .Where(static entry => entry.Value is { Stage: RedirectStage.Asked, Host: not null }).ToLookup(static entry => entry.Value.Host!, static entry => (entry.Key, entry.Value.Number));

    /// <summary>The placements that one silo was asked for.</summary>
    public IReadOnlyList<(GrainId Grain, long Number)> On(SiloAddress host) =>
        [.. _redirects.Where(entry => entry.Value.Stage >= RedirectStage.Asked && host.Equals(entry.Value.Host)).Select(entry => (entry.Key, entry.Value.Number))];
}
