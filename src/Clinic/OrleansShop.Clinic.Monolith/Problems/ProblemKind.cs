namespace OrleansShop.Clinic.Monolith.Problems;

/// <summary>One kind of failure that a client can meet: the end of its stable <c>type</c> URI, its title and its HTTP status. Each has a page in docs/symptoms.</summary>
internal sealed record ProblemKind(string Slug, string Title, int Status)
{
    private const string TypePrefix = "https://orleansshop.example/problems/";

    public static readonly ProblemKind ValidationFailed = new("validation-failed", "Validation failed", 400);
    public static readonly ProblemKind MalformedBody = new("malformed-body", "Malformed request body", 400);
    public static readonly ProblemKind InvalidParameter = new("invalid-parameter", "Invalid parameter", 400);
    public static readonly ProblemKind Oops = new("oops", "Deliberate failure", 400);
    public static readonly ProblemKind Unauthenticated = new("unauthenticated", "Sign-in required", 401);
    public static readonly ProblemKind Forbidden = new("forbidden", "Role missing", 403);
    public static readonly ProblemKind NotFound = new("not-found", "Not found", 404);
    public static readonly ProblemKind UnknownPath = new("unknown-path", "Unknown path", 404);
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", "Method not allowed", 405);
    public static readonly ProblemKind InUse = new("in-use", "Still in use", 409);
    public static readonly ProblemKind AlreadyExists = new("already-exists", "Exists already", 409);
    public static readonly ProblemKind BodyTooLarge = new("body-too-large", "Request body too large", 413);
    public static readonly ProblemKind TargetTooLong = new("target-too-long", "Path and query too long", 414);
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", "Unsupported media type", 415);
    public static readonly ProblemKind HeadersTooLarge = new("headers-too-large", "Request headers too large", 431);
    public static readonly ProblemKind InternalError = new("internal-error", "Internal error", 500);
    public static readonly ProblemKind DatabaseUnavailable = new("database-unavailable", "Database unavailable", 503);

    public string Type => TypePrefix + Slug;
}
