using OrleansShop.EndToEnd.Tests.Conversations;
using OrleansShop.EndToEnd.Tests.Systems;
using Xunit;

namespace OrleansShop.EndToEnd.Tests;

/// <summary>
/// Two systems have the same conversation as often: one stays the monolith, the other's capabilities move in between, in some order, and back.
/// Whatever a client can see is the same.
/// </summary>
public sealed class SameAnswersTests
{
    [Theory]
    [InlineData("vets>g owners>g pets>g visits>g owners>m vets>m visits>m pets>m")]
    [InlineData("visits>g pets>g owners>g pets>m owners>m vets>g visits>m owners>g")]
    [InlineData("pets>g owners>g visits>g pets>m pets>g vets>g vets>m owners>m")]
    public async Task Whoever_serves_a_capability_the_answers_are_the_same(string moves)
    {
        await using var monolith = await AppHostSystem.StartAsync();
        await using var mixed = await AppHostSystem.StartAsync();
        var (expected, actual) = (new Talker(monolith.Client), new Talker(mixed.Client));

        await CompareAsync("before any move");
        foreach (var step in moves.Split(' '))
        {
            var capability = step.Split('>')[0];
            await (step.EndsWith('g') ? mixed.Moved.ToGrainsAsync(capability) : mixed.Moved.ToMonolithAsync(capability));
            await CompareAsync($"after '{step}' of '{moves}'");
        }

        async Task CompareAsync(string when)
        {
            var transcripts = await Task.WhenAll(expected.TalkAsync(ClinicConversation.Requests), actual.TalkAsync(ClinicConversation.Requests));
            var differences = transcripts[0].Zip(transcripts[1]).Where(pair => pair.First != pair.Second)
                .Select(pair => $"monolith: {pair.First}\nmixed:    {pair.Second}").ToList();
            Assert.True(differences.Count == 0, $"{differences.Count} answers differ {when}:\n{string.Join("\n\n", differences.Take(20))}\n{mixed.Process.Output}");
        }
    }
}
