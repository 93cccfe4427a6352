namespace OrleansShop.Clinic.Http.Problems;

/// <summary>One kind of failure that a client can meet: the end of its stable <c>type</c> URI, its title and its HTTP status. Each has a page in docs/symptoms.</summary>
internal sealed record ProblemKind(string Slug, string Title, int Status)
{
    private const string TypePrefix = "https://orleansshop.example/problems/";

    /// <summary>The path or the query string holds a value that cannot be.</summary>
    public static readonly ProblemKind BadRequest = new("bad-request", "Bad request", 400);

    /// <summary>The body is missing, is no JSON, or breaks a rule of the contract.</summary>
    public static readonly ProblemKind InvalidBody = new("invalid-body", "Invalid request body", 400);

    public static readonly ProblemKind Unauthorized = new("unauthorized", "Credentials required", 401);
    public static readonly ProblemKind Forbidden = new("forbidden", "Not allowed", 403);

    /// <summary>No such path, or no such object.</summary>
    public static readonly ProblemKind NotFound = new("not-found", "Not found", 404);

    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", "Method not allowed", 405);

    /// <summary>What others still use is not deleted, and what exists is not made again.</summary>
    public static readonly ProblemKind Conflict = new("conflict", "Conflict", 409);

    public static readonly ProblemKind BodyTooLarge = new("body-too-large", "Request body too large", 413);
    public static readonly ProblemKind TargetTooLong = new("target-too-long", "Request target too long", 414);
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", "Unsupported media type", 415);
    public static readonly ProblemKind HeadersTooLarge = new("headers-too-large", "Request headers too large", 431);
    public static readonly ProblemKind InternalError = new("internal-error", "Internal error", 500);

    /// <summary>The database does not answer.</summary>
    public static readonly ProblemKind Unavailable = new("unavailable", "Temporarily unavailable", 503);

    public string Type => TypePrefix + Slug;
}
