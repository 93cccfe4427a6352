using OrleansShop.AppHost.Starting;

namespace OrleansShop.AppHost.Showing;

/// <summary>The one screen that a person sees: what runs, where, and what to try.</summary>
internal static class Screen
{
    private static readonly string[] Moves = ["shadow owners", "canary owners 50", "promote owners", "lists owners grains", "rollback owners"];

    public static async Task ShowAsync(TextWriter output, ClinicSystem system, DataFolder folder)
    {
        var gateway = system.Gateway[0];
        foreach (var line in Lines(system, gateway, folder))
        {
            await output.WriteLineAsync(line);
        }

        await output.FlushAsync();
    }

    private static IEnumerable<string> Lines(ClinicSystem system, string gateway, DataFolder folder) =>
    [
        $"OrleansShop runs, {system.StartDuration.TotalSeconds:0.0} s after its start. Data in {folder.Path}.",
        "",
        $"  gateway    {string.Join(' ', system.Gateway)}",
        $"  monolith   {system.Monolith}",
        $"  services   {system.Services}   owners, pets, vets, visits: grains in one silo",
        $"  bridge     {system.Bridge}",
        "",
        $"  Pet Clinic API     {gateway}/petclinic/api",
        $"  browse it          {gateway}/petclinic/api/docs",
        $"  visit reminders    {system.Reminders}",
        "",
        "Try, in another terminal:",
        "",
        $"  curl {gateway}/petclinic/api/owners?lastName=Davis",
        $"  curl -X POST -H 'Content-Type: application/json' -d '{{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"address\":\"12 St James\",\"city\":\"London\",\"telephone\":\"5551234\"}}' {gateway}/petclinic/api/owners",
        $"  curl {gateway}/petclinic/api/vets",
        "",
        "Move owners from the monolith into grains while clients write, and back; the curl lines give the same answers at every step:",
        "",
        .. Moves.Select(order => $"  dotnet run --project src/Tools/OrleansShop.Cli -- --gateway {gateway} {order}"),
        "",
        "Ctrl-C stops everything; the data is there at the next start.",
    ];
}
