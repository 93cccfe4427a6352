using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using OrleansShop.EndToEnd.Tests.Systems;
using OrleansShop.Testing.Processes;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

public sealed class AppHostTests
{
    [Fact]
    public async Task Every_line_that_the_screen_tells_to_try_works_when_pasted()
    {
        await using var system = await AppHostSystem.StartAsync();
        var lines = system.Screen.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("curl ", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, lines.Count);
        foreach (var line in lines)
        {
            var (exitCode, output) = await ShellAsync(line.Replace("curl ", "curl --fail --silent --show-error "));
            Assert.True(exitCode == 0, $"{line}\nended with {exitCode}: {output}");
            Assert.Matches("""^[\[{]""", output);
        }

        var shopctl = system.Screen.Split('\n').Where(line => line.Contains("OrleansShop.Cli", StringComparison.Ordinal)).Select(line => line.Split(" -- ")[1].Trim().Split(' ')).ToList();
        Assert.Equal(["shadow owners", "canary owners 50", "promote owners", "lists owners grains", "rollback owners"], shopctl.Select(arguments => string.Join(' ', arguments[2..])));
        foreach (var arguments in shopctl)
        {
            Assert.Equal(["--gateway", system.Gateway.ToString().TrimEnd('/')], arguments[..2]);
            var result = await system.ShopctlAsync(arguments[2..]);
            Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}\nended with {result.ExitCode}: {result.Output}");
            using var owners = await system.Client.GetAsync("owners");
            Assert.Equal(HttpStatusCode.OK, owners.StatusCode);
        }
    }

    [Fact]
    public async Task Ctrl_C_stops_it_cleanly_and_the_next_start_has_the_data_and_the_phases()
    {
        await using var system = await AppHostSystem.StartAsync();
        await system.Moved.ToGrainsAsync("owners");
        var id = await CreateOwnerAsync(system.Client);

        var stopping = Stopwatch.StartNew();
        Assert.Equal(0, await system.Process.InterruptAsync());
        Assert.True(stopping.Elapsed < TimeSpan.FromSeconds(30));
        var output = system.Process.Output;
        Assert.True(output.Contains("Stopped.", StringComparison.Ordinal) && !Regex.IsMatch(output, "(?i)exception|fail:"), $"It did not stop cleanly. It printed:\n{output}");

        await system.RestartAsync();
        using var owner = await system.Client.GetAsync($"owners/{id}");
        Assert.Equal(HttpStatusCode.OK, owner.StatusCode);
        Assert.Contains("Grains", (await system.ShopctlAsync("capabilities")).Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_folder_is_refused_with_the_reason()
    {
        await using var system = await AppHostSystem.StartAsync();

        await using var second = ServiceProcess.Start("src/Hosting/OrleansShop.AppHost", ["--data-dir", system.DataFolder, "--urls", "http://127.0.0.1:0"], system.DataFolder);
        await second.WaitForAsync(output => output.Contains("cannot be taken", StringComparison.Ordinal) ? output : null);
    }

    [Fact]
    public async Task A_folder_with_foreign_files_is_neither_used_nor_reset()
    {
        var folder = Directory.CreateTempSubdirectory("foreign-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "thesis.txt"), "years of work");

            await using var refused = ServiceProcess.Start("src/Hosting/OrleansShop.AppHost", ["--data-dir", folder.FullName, "--reset"], folder.FullName);
            await refused.WaitForAsync(output => output.Contains("did not make", StringComparison.Ordinal) ? output : null);

            Assert.Equal("years of work", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "thesis.txt")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static async Task<string> CreateOwnerAsync(HttpClient client)
    {
        using var created = await client.PostAsync("owners", new StringContent(
            """{"firstName":"Ada","lastName":"Lovelace","address":"12 St James","city":"London","telephone":"5551234"}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return Regex.Match(created.Headers.Location!.ToString(), @"\d+$").Value;
    }

    private static async Task<(int ExitCode, string Output)> ShellAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, output + await error);
    }
}
