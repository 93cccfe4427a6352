using System.CommandLine;
using System.Globalization;
using OrleansShop.Cli.Following;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl verify &lt;capability&gt;</c>: compares every entity on both sides.</summary>
internal static class VerifyCommand
{
    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error)
    {
        var capability = CapabilityName.Argument();
        var last = new Option<bool>("--last") { Description = "Shows the comparison that was begun last, and begins none." };
        var follow = new FollowOptions(isDefault: true, "everything is compared");
        var command = new Command("verify", "Compares every entity of a capability with the monolith's rows, while both sides write. Changes nothing.") { capability, last };
        follow.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var name = parsed.GetValue(capability)!;
            var entities = (await gateway.GetCapabilityAsync(name, cancellationToken)).Value.Moves?.Entities ?? 0;
            var isLast = parsed.GetValue(last);
            var answer = isLast ? await gateway.GetVerificationAsync(name, cancellationToken) : await gateway.VerifyAsync(name, cancellationToken);
            var followed = follow.IsWanted(parsed) ? await FollowAsync(gateway, name, entities, answer, follow.Timeout(parsed), error, cancellationToken) : null;

            answer = followed?.Last ?? answer;
            if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(answer.Json);
            else Print(name, answer.Value, output);
            followed?.Explain($"the comparison of {name}", $"shopctl verify {name} --last", "", error);
            return followed is not null && followed.End != FollowEnd.Over ? followed.ExitCode : ExitCodeOf(answer.Value, isBegun: followed is null && !isLast);
        });
        return command;
    }

    private static Task<Followed<VerificationAnswer>> FollowAsync(
        GatewayClient gateway, string name, long entities, Answer<VerificationAnswer> begun, TimeSpan? timeout, TextWriter error, CancellationToken cancellationToken)
    {
        var follower = new Follower<VerificationAnswer>(
            cancelled => gateway.GetVerificationAsync(name, cancelled),
            seen => new FollowStep(seen.IsRunning ? null : FollowEnd.Over, $"{name}, comparing", seen.Compared, entities, Detail(seen, entities)),
            timeout);
        return FollowBar.ShowAsync(error, display => follower.FollowAsync(begun, display, cancellationToken));
    }

    private static string Detail(VerificationAnswer seen, long entities) =>
        string.Create(CultureInfo.InvariantCulture, $"{seen.Compared:N0} of {(entities > 0 ? entities.ToString("N0", CultureInfo.InvariantCulture) : "?")} compared, {seen.Differences:N0} differ, {seen.PerSecond:N0} per second");

    private static void Print(string name, VerificationAnswer seen, TextWriter output)
    {
        var how = seen switch
        {
            { Fault: { } fault } => $"ended early: {fault}",
            { IsRunning: true } => "still running",
            { IsComplete: false } => "ended early",
            _ => "complete",
        };
        output.WriteLine(Printable.Line(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {seen.Compared:N0} entities compared, {seen.OwnedByGrains:N0} of them owned by grains, {seen.Differences:N0} differ; {seen.PerSecond:N0} per second; {how}.")));
        if (seen.FirstDifferences is not { Count: > 0 } differences) return;

        var table = TextTable.New("Kind", "Id", "What differs");
        foreach (var difference in differences) table.AddText(difference.Kind, difference.Id, difference.What);
        TextTable.On(output).Write(table);
        if (seen.Differences > differences.Count) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"These are the first {differences.Count:N0}."));
    }

    private static int ExitCodeOf(VerificationAnswer seen, bool isBegun) => seen switch
    {
        { Differences: > 0 } => ExitCodes.Differences,
        { IsRunning: true } => isBegun ? ExitCodes.Done : ExitCodes.StillRunning,
        { Fault: not null } => ExitCodes.Refused,
        { IsComplete: false } => ExitCodes.Incomplete,
        _ => ExitCodes.Done,
    };
}
