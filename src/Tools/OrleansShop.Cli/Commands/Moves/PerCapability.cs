using System.Text.Json;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary>What the service of one capability has answered, among those of others: one that is away leaves a gap, and takes nothing from the others.</summary>
/// <param name="Name">The capability.</param>
/// <param name="Answer">The answer; null if there is a refusal.</param>
/// <param name="Refusal">Why there is no answer; null if there is one.</param>
internal sealed record PerCapability<T>(string Name, Answer<T>? Answer, GatewayRefusedException? Refusal)
    where T : class
{
    /// <summary>Asks for each capability, at the same time.</summary>
    public static async Task<IReadOnlyList<PerCapability<T>>> AskAsync(IEnumerable<string> capabilities, Func<string, Task<Answer<T>>> ask)
    {
        return await Task.WhenAll(capabilities.Select(AskOneAsync));

        async Task<PerCapability<T>> AskOneAsync(string name)
        {
            try
            {
                return new PerCapability<T>(name, await ask(name), Refusal: null);
            }
            catch (GatewayRefusedException refused)
            {
                return new PerCapability<T>(name, Answer: null, refused);
            }
        }
    }

    public static void PrintRefusals(IEnumerable<PerCapability<T>> answers, TextWriter output)
    {
        foreach (var answer in answers)
        {
            if (answer.Refusal is { } refusal) output.WriteLine(Printable.Line($"{answer.Name}: {refusal.Title} ({refusal.Status}): {refusal.Message}"));
        }
    }

    /// <summary>The answer as it came under a name beside the capability's, or the problem in its place.</summary>
    public string ToJson(string property) =>
        $"{{\"capability\":{JsonSerializer.Serialize(Name, AnswersJson.Default.String)},\"{(Refusal is null ? property : "problem")}\":{Answer?.Json ?? Refusal!.ProblemJson}}}";
}
