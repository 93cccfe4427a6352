namespace OrleansShop.Cli.Tests.Moves;

/// <summary>Answers as services and gateways give them.</summary>
internal static class StatusText
{
    public const string Owners = "/admin/capabilities/owners";

    public static string Of(
        string phase, int percent = 0, long epoch = 7, string activity = "Settled", long moved = 0, long total = 0, bool isPaused = false, bool isRollingBack = false, bool isAnnounced = true, string lists = "Monolith",
        string more = "", string by = "ada") =>
        $$"""
        {"capability":"owners","phase":"{{phase}}","epoch":{{epoch}},"changedAt":"2026-03-04T05:06:07+00:00","by":"{{by}}","percent":{{percent}},"lists":"{{lists}}","isPaused":{{Json(isPaused)}},
         "isRollingBack":{{Json(isRollingBack)}},"isAnnounced":{{Json(isAnnounced)}},
         "moves":{"activity":"{{activity}}","ownedByMonolith":900,"ownedByGrains":100,"moved":{{moved}},"total":{{total}},"perSecond":50,"estimatedEnd":null,"failures":0{{more}} } }
        """;

    public static string Problem(int status, string title, string detail) => $$"""{"type":"https://example.org/conflict","title":"{{title}}","status":{{status}},"detail":"{{detail}}"}""";

    private static string Json(bool value) => value ? "true" : "false";
}
