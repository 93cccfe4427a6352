using Microsoft.AspNetCore.Http.HttpResults;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Settings;
using OrleansShop.Gateway.Switching;
using OrleansShop.ServiceDefaults.Problems;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Admin;

/// <summary>The admin API: how capabilities stand, moving and switching them, what was ordered when and by whom, and streams. Its OpenAPI document is at <c>/admin/openapi.json</c>.</summary>
internal sealed class AdminApi(PhaseBook phases, Switches switches, CapabilityReport report, GatewaySettings settings, TimeProvider time)
{
    private const int MaxByCharacters = 200;

    public static void Map(WebApplication app)
    {
        app.MapOpenApi($"{AdminAccess.PathPrefix}/openapi.json");
        var admin = app.MapGroup(AdminAccess.PathPrefix).WithTags("admin");
        admin.MapGet("/capabilities", static (AdminApi api, CancellationToken cancelled) => api.GetCapabilitiesAsync(cancelled))
            .WithSummary("Tells how every capability stands.");
        admin.MapPost("/capabilities/{name}/switch", static (AdminApi api, string name, SwitchOrder order, HttpContext http, CancellationToken cancelled) =>
                api.SwitchAsync(name, order, http.Connection.RemoteIpAddress?.ToString() ?? "unknown", cancelled))
            .WithSummary("Switches a capability between monolith and grains.")
            .WithDescription(
                "Answers 200 when the switch has succeeded, or when there was nothing to do (outcome Unchanged); 202 when it is still running after "
                + "Gateway:Switching:AnswerTimeout. The capability's writes are answered 503 while it runs. When it fails, the phase is what it was.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        admin.MapGet("/switches/{id:long}", static (AdminApi api, long id) => api.GetSwitch(id))
            .WithSummary("Tells how a switch stands or ended.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapGet("/history", static (AdminApi api, string? capability, int? limit) => api.GetHistory(capability, limit))
            .WithSummary("Lists the switches that have ended, newest first.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        OrdersApi.Map(admin);
        StreamsApi.Map(admin);
    }

    private async Task<Ok<CapabilitiesAnswer>> GetCapabilitiesAsync(CancellationToken cancelled) => TypedResults.Ok(await report.MakeAsync(cancelled));

    private async Task<Results<Ok<SwitchAnswer>, Accepted<SwitchAnswer>>> SwitchAsync(string name, SwitchOrder order, string origin, CancellationToken cancelled)
    {
        RequireCapability(name);
        var to = ParsePhase(order.To);
        var by = ParseBy(order.By);

        var phase = phases.Current.Phases[name];
        if (phase.IsLive)
        {
            throw new ProblemException(ProblemKinds.Conflict,
                $"{name} is in the phase {phase.Phase}, in which its entities move one by one; it cannot be switched as a whole. Roll it back to Monolith first.");
        }

        if (phase.Phase == to && phases.Running?.Capability != name)
        {
            return TypedResults.Ok(SwitchAnswer.Unchanged(name, phase, time.GetUtcNow()));
        }

        var (record, ended) = switches.Start(name, to, by, origin);
        if (ended is null)
        {
            throw new ProblemException(ProblemKinds.Conflict,
                $"Switch {record.Id} of {record.Capability} to {record.To} is running since {record.StartedAt:u}; one switch runs at a time. "
                + $"Watch it at {AdminAccess.PathPrefix}/switches/{record.Id}.");
        }

        try
        {
            record = await ended.WaitAsync(settings.Switching.AnswerTimeout, time, cancelled);
        }
        catch (TimeoutException)
        {
            return TypedResults.Accepted($"{AdminAccess.PathPrefix}/switches/{record.Id}", SwitchAnswer.Of(phases.Find(record.Id) ?? record));
        }

        return record.Outcome == SwitchOutcome.Succeeded
            ? TypedResults.Ok(SwitchAnswer.Of(record))
            : throw new ProblemException(ProblemKinds.Unavailable,
                $"Switch {record.Id} of {name} to {to} failed at step {record.Step}; {name} stays at {phases.Current.Phases[name].Phase}. {record.Detail}");
    }

    private Ok<SwitchAnswer> GetSwitch(long id) => phases.Find(id) is { } record
        ? TypedResults.Ok(SwitchAnswer.Of(record))
        : throw new ProblemException(ProblemKinds.NotFound, $"There is no switch {id}; the newest {PhaseDocument.MaxHistory} are kept.");

    private Ok<HistoryAnswer> GetHistory(string? capability, int? limit)
    {
        if (capability is not null)
        {
            RequireCapability(capability);
        }

        if (limit is < 1 or > PhaseDocument.MaxHistory)
        {
            throw new ProblemException(ProblemKinds.BadRequest, $"limit is {limit}; it must be from 1 to {PhaseDocument.MaxHistory}.");
        }

        var newest = phases.History.Reverse().Where(record => capability is null || record.Capability == capability).Take(limit ?? PhaseDocument.MaxHistory);
        return TypedResults.Ok(new HistoryAnswer([.. newest.Select(SwitchAnswer.Of)]));
    }

    private void RequireCapability(string name)
    {
        if (settings.Catalog.Find(name) is null)
        {
            throw new ProblemException(ProblemKinds.NotFound,
                $"There is no capability '{name}'; there are {string.Join(", ", settings.Catalog.Capabilities.Select(static capability => capability.Name))}.");
        }
    }

    private static CapabilityPhase ParsePhase(string? to) =>
        new CapabilityPhase?[] { CapabilityPhase.Monolith, CapabilityPhase.Grains }.FirstOrDefault(phase => string.Equals(phase.ToString(), to, StringComparison.OrdinalIgnoreCase))
        ?? throw new ProblemException(ProblemKinds.InvalidBody, $"'to' is {(to is null ? "missing" : $"'{to}'")}; it must be 'monolith' or 'grains'.");

    private static string ParseBy(string? by) => by switch
    {
        null or "" => "unknown",
        { Length: <= MaxByCharacters } when !by.Any(char.IsControl) => by,
        _ => throw new ProblemException(ProblemKinds.InvalidBody, $"'by' must be at most {MaxByCharacters} printable characters."),
    };
}
