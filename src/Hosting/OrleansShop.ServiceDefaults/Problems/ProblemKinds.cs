namespace OrleansShop.ServiceDefaults.Problems;

/// <summary>The kinds of error that any process can answer with. Each has a page in <c>docs/symptoms/</c>.</summary>
public static class ProblemKinds
{
    /// <summary>The request line, a header or the path is malformed.</summary>
    public static readonly ProblemKind BadRequest = new("bad-request", "Bad request", 400);

    /// <summary>The body is not what the operation takes.</summary>
    public static readonly ProblemKind InvalidBody = new("invalid-body", "Invalid request body", 400);

    /// <summary>Credentials are missing or wrong.</summary>
    public static readonly ProblemKind Unauthorized = new("unauthorized", "Credentials required", 401);

    /// <summary>The credentials do not allow the operation.</summary>
    public static readonly ProblemKind Forbidden = new("forbidden", "Not allowed", 403);

    /// <summary>There is nothing at the path, or no such entity.</summary>
    public static readonly ProblemKind NotFound = new("not-found", "Not found", 404);

    /// <summary>The path exists and does not take the method.</summary>
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", "Method not allowed", 405);

    /// <summary>The operation contradicts the state of the data.</summary>
    public static readonly ProblemKind Conflict = new("conflict", "Conflict", 409);

    /// <summary>The body is larger than the limit.</summary>
    public static readonly ProblemKind BodyTooLarge = new("body-too-large", "Request body too large", 413);

    /// <summary>The media type of the body is not supported.</summary>
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", "Unsupported media type", 415);

    /// <summary>The request reached a process that does not own the data.</summary>
    public static readonly ProblemKind Misdirected = new("misdirected", "Misdirected request", 421);

    /// <summary>The headers are larger or more than the limit.</summary>
    public static readonly ProblemKind HeadersTooLarge = new("headers-too-large", "Request headers too large", 431);

    /// <summary>The process failed in a way that it did not expect.</summary>
    public static readonly ProblemKind InternalError = new("internal-error", "Internal error", 500);

    /// <summary>A process behind this one gave no usable answer.</summary>
    public static readonly ProblemKind BadGateway = new("bad-gateway", "Bad gateway", 502);

    /// <summary>The operation cannot be served now; trying again later can help.</summary>
    public static readonly ProblemKind Unavailable = new("unavailable", "Temporarily unavailable", 503);

    /// <summary>A process behind this one took too long.</summary>
    public static readonly ProblemKind GatewayTimeout = new("gateway-timeout", "Gateway timeout", 504);

    /// <summary>Returns the kind that a bare status code stands for, or null if the status is not an error that this process sends.</summary>
    public static ProblemKind? ForStatus(int status) => status switch
    {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        409 => Conflict,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        421 => Misdirected,
        431 => HeadersTooLarge,
        500 => InternalError,
        502 => BadGateway,
        503 => Unavailable,
        504 => GatewayTimeout,
        _ => null,
    };
}
