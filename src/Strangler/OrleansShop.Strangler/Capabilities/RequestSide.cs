using OrleansShop.Strangler.Ownership;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>
/// Where the requests of a route and method go, as far as the standing of the capabilities says it: worked out once when that changes, so that a request costs at most a hash.
/// </summary>
/// <param name="Rule">What decides.</param>
/// <param name="Percent">With the rules that go by a share: the share of the grain service, from 1 to 99; else 0.</param>
public readonly record struct RequestSide(SideRule Rule, int Percent = 0)
{
    /// <summary>Whether a request about an entity goes to the grain service.</summary>
    /// <param name="kind">The kind of the entity.</param>
    /// <param name="id">The id in its one form (<see cref="Keys.KeyTypes.Canonical"/>). For what is no id any side is right: who gets the request does not know it.</param>
    public bool IsGrainsFor(string kind, string id) => Rule == SideRule.Grains || (Rule == SideRule.ShareOfEntities && EntityShare.Contains(kind, id, Percent));

    /// <summary>Whether the nth request that creates something goes to the grain service. Any hundred in a row have the share among them, evenly spread.</summary>
    /// <param name="turn">Counts the requests.</param>
    public bool IsGrainsFor(uint turn) => Rule == SideRule.Grains || (Rule == SideRule.ShareOfRequests && (ulong)turn * (uint)Percent % 100 < (uint)Percent);
}

/// <summary>What decides where a request goes.</summary>
public enum SideRule
{
    /// <summary>The monolith, whatever it is about.</summary>
    Monolith = 0,

    /// <summary>The grain service, whatever it is about.</summary>
    Grains = 1,

    /// <summary>The grain service, if the entity is in its share (<see cref="EntityShare"/>).</summary>
    ShareOfEntities = 2,

    /// <summary>The grain service for its share of the requests.</summary>
    ShareOfRequests = 3,
}
