using Xunit;

namespace OrleansShop.Clinic.Testing.Talking;

/// <summary>Has the same conversation with two sides; whatever a client can see must be the same.</summary>
public static class SameAnswers
{
    public static async Task AssertAsync(IEnumerable<Request> conversation, Func<Request, Task<Answer>> expected, Func<Request, Task<Answer>> actual)
    {
        var differences = new List<string>();
        foreach (var request in conversation)
        {
            var answers = await Task.WhenAll(expected(request), actual(request));
            var (wanted, given) = (answers[0].Visible(), answers[1].Visible());
            if (wanted != given) differences.Add($"{request}\n  expected {wanted}\n  given    {given}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} answers differ:\n{string.Join('\n', differences.Take(10))}");
    }
}
