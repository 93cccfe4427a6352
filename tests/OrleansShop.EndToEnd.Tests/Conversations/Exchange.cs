namespace OrleansShop.EndToEnd.Tests.Conversations;

/// <summary>One request of a conversation. Paths and bodies may hold <c>{name}</c>, the id that an earlier request was given.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below <c>/petclinic/api/</c>, or from the root when it starts with a slash.</param>
/// <param name="Body">The body, or null.</param>
/// <param name="Keep">The name under which the id of the created object is kept.</param>
/// <param name="ContentType">The media type of the body; null sends none.</param>
internal sealed record Exchange(string Method, string Path, string? Body = null, string? Keep = null, string? ContentType = "application/json")
{
    public override string ToString() => $"{Method} {Path} {Body}";
}
