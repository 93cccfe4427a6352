using System.CommandLine;
using System.Globalization;
using OrleansShop.Cli.Following;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary><c>shopctl rollout &lt;capability&gt; [--auto | --stop]</c>: from step to step by itself, and back by itself when a limit is broken.</summary>
internal static class RolloutCommand
{
    /// <summary>A step is finer than a percent of all of them.</summary>
    private const int PartsPerStep = 1000;

    public static Command Create(ConnectionOptions connection, TextWriter output, TextWriter error)
    {
        var capability = CapabilityName.Argument();
        var auto = new Option<bool>("--auto") { Description = "Starts a rollout: shadow, canary step by step, promote, as the capability's manifest says. A broken limit rolls everything back." };
        var stop = new Option<bool>("--stop") { Description = "Ends the rollout that runs; the capability stays where it is." };
        var by = new Option<string>("--by") { Description = "Who orders it, for the history. Default: the user's name.", HelpName = "NAME", DefaultValueFactory = static _ => Environment.UserName };
        var reason = new Option<string?>("--reason") { Description = "Why, for the history.", HelpName = "TEXT" };
        var epoch = new Option<long?>("--epoch")
        {
            Description = "The epoch that you have seen: the order is refused if the capability was changed since. Default: whatever it is.",
            HelpName = "N",
            CustomParser = WholeNumber.Natural("--epoch"),
        };
        var follow = new FollowOptions(isDefault: true, "the rollout has ended; without --auto only if this is said");

        var command = new Command("rollout", "Shows how a capability's rollout stands, with its decisions and their numbers; starts one with --auto, ends one with --stop. Exit codes: 0 finished, 7 rolled back, 4 under way, 5 ended by an operator.")
        {
            capability, auto, stop, by, reason, epoch,
        };
        follow.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(auto) && result.GetValue(stop)) result.AddError("--auto and --stop do not go together.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = connection.Connect(parsed);
            var (name, isStart, isStop) = (parsed.GetValue(capability)!, parsed.GetValue(auto), parsed.GetValue(stop));
            var order = new MoveOrder(parsed.GetValue(by)!, parsed.GetValue(epoch), parsed.GetValue(reason));
            var answer = isStart ? await gateway.StartRolloutAsync(name, order, cancellationToken)
                : isStop ? await gateway.StopRolloutAsync(name, order, cancellationToken)
                : await gateway.GetRolloutAsync(name, cancellationToken);
            var followed = !isStop && (isStart ? follow.IsWanted(parsed) : follow.IsAsked(parsed)) ? await FollowAsync(gateway, answer, follow.Timeout(parsed), error, cancellationToken) : null;

            answer = followed?.Last ?? answer;
            if (parsed.GetValue(connection.Json)) await output.WriteLineAsync(answer.Json);
            else Print(answer.Value, output);
            followed?.Explain($"the rollout of {name}", $"shopctl rollout {name}", $"shopctl resume {name}", error);
            return followed is not null && followed.End != FollowEnd.Over ? followed.ExitCode
                : isStop || (isStart && followed is null) ? ExitCodes.Done
                : ExitCodeOf(answer.Value);
        });
        return command;
    }

    private static Task<Followed<RolloutAnswer>> FollowAsync(GatewayClient gateway, Answer<RolloutAnswer> begun, TimeSpan? timeout, TextWriter error, CancellationToken cancellationToken)
    {
        var follower = new Follower<RolloutAnswer>(cancelled => gateway.GetRolloutAsync(begun.Value.Capability, cancelled), rollout => Look(begun.Value, rollout), timeout);
        return FollowBar.ShowAsync(error, display => follower.FollowAsync(begun, display, cancellationToken));
    }

    private static FollowStep Look(RolloutAnswer begun, RolloutAnswer rollout) => new(
        rollout.StartedAt != begun.StartedAt ? FollowEnd.Overtaken : !rollout.IsUnderWay ? FollowEnd.Over : rollout.IsPaused ? FollowEnd.Paused : null,
        $"{rollout.Capability}, {rollout.Standing}{(rollout.Outcome == "RollingBack" ? ", rolling back" : "")}",
        ((long)rollout.StepsDone * PartsPerStep) + Baked(rollout),
        (long)rollout.StepsTotal * PartsPerStep,
        rollout.Outcome == "RollingBack" ? rollout.Detail ?? "" : rollout.Now is { } now ? $"{now.Reason} {Sides(now.Figures)}" : "beginning");

    /// <summary>What it has looked at may still be the step before.</summary>
    private static long Baked(RolloutAnswer rollout) =>
        rollout is { IsUnderWay: true, Now: { Observed: { } observed } now } && now.Epoch == rollout.Epoch && rollout.BakeTime > TimeSpan.Zero ? (long)(Math.Clamp(observed / rollout.BakeTime, 0, 0.999) * PartsPerStep) : 0;

    private static void Print(RolloutAnswer rollout, TextWriter output)
    {
        output.WriteLine(Printable.Line(
            $"{rollout.Capability}: {Words(rollout.Outcome)}, {rollout.Standing}, epoch {rollout.Epoch}, {rollout.StepsDone} of {rollout.StepsTotal} steps. Started {TextTable.Time(rollout.StartedAt)} by {rollout.By} ({rollout.Origin}){(rollout.Reason is { } reason ? $": {reason}" : ".")}"));
        if (rollout.Detail is { Length: > 0 } detail) output.WriteLine(Printable.Line(detail));
        if (rollout.Now is { } now) output.WriteLine(Printable.Line($"Now: {now.Reason} {Sides(now.Figures)}"));
        if (rollout.Decisions is not { Count: > 0 } decisions) return;

        var table = TextTable.New("When", "In", "Epoch", "Decision", "Looked at for", "Grains", "Monolith", "Differ", "Why");
        foreach (var decision in decisions)
        {
            var figures = decision.Figures;
            table.AddText(
                TextTable.Time(decision.At), decision.Standing, $"{decision.Epoch}", Words(decision.Kind), decision.Observed is { } observed ? Duration.Text(observed.TotalSeconds) : "-",
                Side(figures.GrainRequests, figures.GrainErrors, figures.GrainP99), Side(figures.MonolithRequests, figures.MonolithErrors, figures.MonolithP99),
                figures.Compared == 0 ? "-" : $"{Number(figures.Different)} of {Number(figures.Compared)}", decision.Reason);
        }

        TextTable.On(output).Write(table);
    }

    private static string Sides(RolloutFiguresAnswer figures) =>
        $"{figures.Gateways} gateways; grains: {Side(figures.GrainRequests, figures.GrainErrors, figures.GrainP99)}; monolith: {Side(figures.MonolithRequests, figures.MonolithErrors, figures.MonolithP99)}.";

    private static string Side(long requests, long errors, TimeSpan? p99) =>
        requests == 0 ? "no requests" : $"{Number(requests)}, {Number(errors)} failed{(p99 is { } most ? string.Create(CultureInfo.InvariantCulture, $", p99 {most.TotalMilliseconds:0.#} ms") : "")}";

    /// <summary>Such as <c>rolled back</c> for <c>RolledBack</c>.</summary>
    private static string Words(string name) => string.Concat(name.Select(static (letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static int ExitCodeOf(RolloutAnswer rollout) => rollout.Outcome switch
    {
        "Finished" => ExitCodes.Done,
        "RolledBack" => ExitCodes.RolledBack,
        "Running" or "RollingBack" => ExitCodes.StillRunning,
        _ => ExitCodes.Incomplete,
    };
}
