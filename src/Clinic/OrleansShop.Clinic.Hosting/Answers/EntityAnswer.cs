using Microsoft.AspNetCore.Http;
using OrleansShop.Clinic.Contracts;
using OrleansShop.Clinic.Http.Answers;
using OrleansShop.Clinic.Http.Problems;

namespace OrleansShop.Clinic.Hosting.Answers;

/// <summary>Answers to requests for one entity: 404 with its id if there is none.</summary>
internal static class EntityAnswer
{
    /// <summary>200 with the entity; null if there is none.</summary>
    /// <param name="http">The request.</param>
    /// <param name="entity">What was found.</param>
    /// <param name="word">The contract's word for what it is.</param>
    /// <param name="id">The id that was asked for.</param>
    public static Task OkAsync<T>(HttpContext http, T? entity, string word, int id)
        where T : class => JsonAnswer.OkAsync(http, entity ?? throw ProblemException.NotFound(word, id));

    /// <summary>204 after a change or a deletion.</summary>
    /// <param name="http">The request.</param>
    /// <param name="found">Whether there was something to change.</param>
    /// <param name="word">The contract's word for what it is.</param>
    /// <param name="id">The id that was asked for.</param>
    public static void NoContent(HttpContext http, bool found, string word, int id)
    {
        if (!found) throw ProblemException.NotFound(word, id);
        JsonAnswer.NoContent(http);
    }

    /// <summary>204 after a deletion; 409 if there are others that use it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="deletion">How it ended.</param>
    /// <param name="word">The contract's word for what it is.</param>
    /// <param name="id">The id that was asked for.</param>
    /// <param name="inUse">The contract's text about those that use it, of the id and theirs.</param>
    public static void NoContent(HttpContext http, DeletionInUse deletion, string word, int id, Func<int, IReadOnlyList<int>, string> inUse)
    {
        if (!deletion.Blockers.IsEmpty) throw new ProblemException(ProblemKind.Conflict, inUse(id, deletion.Blockers));
        NoContent(http, deletion.Found, word, id);
    }
}
