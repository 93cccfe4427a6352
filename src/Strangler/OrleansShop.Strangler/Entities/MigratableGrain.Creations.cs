using System.Collections.Immutable;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Strangler.Entities;

/// <content>Creations with ids that clients choose, or the service: somebody may have the id.</content>
public abstract partial class MigratableGrain<T>
{
    /// <summary>
    /// Makes a new entity, wherever it is to live, if nobody has its id: neither a grain, nor the monolith, whose own rows decide. For kinds whose ids come from the monolith's sequence
    /// <see cref="WriteNewAsync"/> does not have to ask.
    /// </summary>
    /// <param name="value">What it is.</param>
    /// <param name="events">What is published of it, if the entity lives here.</param>
    /// <returns>False: there is one with this id, and nothing has changed.</returns>
    /// <exception cref="OutboxFullException">Too many events of the entity wait to be published; nothing has changed.</exception>
    /// <exception cref="BridgeRefusedException">The monolith's rules forbid it; nothing has changed.</exception>
    /// <exception cref="BridgeUnavailableException">The monolith's database gave no answer, or the entity moves to and fro; whether it will be made is unknown.</exception>
    protected async Task<bool> TryCreateAsync(T value, params ImmutableArray<NewEvent> events)
    {
        ArgumentNullException.ThrowIfNull(value);
        for (var attempt = 1; ; attempt++)
        {
            var arranged = await ArrangedAsync();
            if ((arranged.Standing == Standing.Monolith ? await kind.ReadMonolithAsync(Id, CancellationToken.None) : arranged.Value) is not null) return false;
            try
            {
                if (await TryWriteAsync(arranged.Standing, value, events, isCreation: true)) return true;
            }
            catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.Constraint && attempt < MaxWriteAttempts)
            {
                // Perhaps somebody has made it meanwhile: then the next look finds it.
                continue;
            }

            kind.Capability.Refresh();
            if (attempt == MaxWriteAttempts) throw new BridgeUnavailableException($"{kind.KeyOf(Id)} has changed hands {attempt} times while it was to be made; nothing was written.", RetryAfter);
        }
    }
}
