using System.Data.Common;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;
using OrleansShop.Strangler.Sql.Reading;
using OrleansShop.Strangler.Sql.Schema;

namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>
/// Step 1 of the moves of several entities of one kind, in one transaction and by statements that are about all of them.
/// <code>
///   1 enter    no announcement changes the capability meanwhile
///   2 lock     what the ledger says of them; those that others have under lock are left out
///   3 read     their rows, as the last writers have left them
///   4 decide   by the rules of the ledger
///   5 write    what the ledger says from now on
/// </code>
/// It waits for no writer of the monolith: with one entity of a group, it would keep the others locked.
/// </summary>
internal sealed class GroupTake(ILedgerDialect dialect, EntitySchema entity, string format, DbTransaction transaction)
{
    private static readonly TakeAnswer Alone = new(Taken: null);

    private readonly LedgerRows _ledger = new(dialect, transaction);

    internal async Task<IReadOnlyList<TakeAnswer>> TakeAsync(IReadOnlyList<TakeRequest> requests)
    {
        // 1
        var gate = await dialect.EnterAsync(transaction, requests[0].Capability, LedgerAccess.Move) ? await CapabilityGate.FindAsync(transaction, requests[0].Capability) : null;
        var answers = requests.Select(request => Refusal(gate, request)).ToArray();
        var places = Enumerable.Range(0, answers.Length).Where(place => answers[place] is null).DistinctBy(place => requests[place].Id, StringComparer.Ordinal).ToList();
        if (places.Count > 0)
        {
            var taken = await TakeAdmittedAsync(places.ConvertAll(place => requests[place]));
            foreach (var place in places) answers[place] = taken.GetValueOrDefault(requests[place].Id);
        }

        return [.. answers.Select(static answer => answer ?? Alone)];
    }

    /// <returns>The answers by the entities' ids, without those that others have under lock or the ledger does not know.</returns>
    private async Task<Dictionary<string, TakeAnswer>> TakeAdmittedAsync(List<TakeRequest> requests)
    {
        // 2
        var kind = requests[0].Kind;
        var entries = await _ledger.LockFreeAsync(kind, [.. requests.Select(static request => request.Id)]);
        var locked = requests.Where(request => entries.ContainsKey(request.Id)).ToList();
        if (locked.Count == 0) return [];

        // 3
        var page = await new EntityReader(entity, transaction).ReadAsync(
            new RowQuery(requests[0].Capability, kind, entity.Key.Name, locked.ConvertAll(static request => request.Id), Limit: locked.Count));
        var rows = page.Items.ToDictionary(static item => item.Id, StringComparer.Ordinal);

        // 4
        var decisions = locked.ToDictionary(
            static request => request.Id, request => LedgerRules.Take(entries[request.Id], exists: rows.ContainsKey(request.Id), request.SeenEpoch), StringComparer.Ordinal);

        // 5
        foreach (var alike in decisions.Where(static decision => decision.Value.Outcome == LedgerOutcome.Done).GroupBy(static decision => decision.Value.Entry!.Value, static decision => decision.Key))
        {
            await _ledger.WriteAsync(kind, [.. alike], alike.Key);
        }

        return decisions.ToDictionary(static decision => decision.Key, decision => AnswerOf(decision.Value, rows.GetValueOrDefault(decision.Key)), StringComparer.Ordinal);
    }

    private static TakeAnswer AnswerOf(LedgerDecision decision, EntityRows? rows) =>
        new(decision.Outcome == LedgerOutcome.Absent ? new TakenEntity(Entry: null, Rows: null) : new TakenEntity(decision.Entry, rows));

    private TakeAnswer? Refusal(CapabilityGate? gate, TakeRequest request)
    {
        try
        {
            CapabilityGate.LetTake(gate, request, format);
            return null;
        }
        catch (BridgeRefusedException refused)
        {
            return new TakeAnswer(Taken: null, refused.Reason, refused.Message);
        }
    }
}
