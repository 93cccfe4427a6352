using System.Globalization;

namespace OrleansShop.Clinic.Http.Problems;

/// <summary>
/// Every text that a client can be shown in a problem, in one place, so that a service that takes over a part of the contract can say the very same.
/// None depends on the messages of a library.
/// </summary>
internal static class ContractTexts
{
    // Messages in schemaValidationErrors. Each stands behind "[Path '<pointer>'] "; a property has at most one, the first that applies in this order.

    public const string Required = "is required.";
    public const string NotAnObject = "must be an object.";
    public const string NotAString = "must be a string.";
    public const string NotAnArray = "must be an array.";
    public const string NotABoolean = "must be true or false.";
    public const string NotAnId = "must be a whole number from 0 to 2147483647.";
    public const string ControlCharacters = "must not contain control characters.";
    public const string FirstNamePattern = "must be one to three words of letters, separated by a space, a hyphen or an apostrophe.";
    public const string LastNamePattern = "must be one to three words of letters, separated by a space, a hyphen or an apostrophe, with or without a full stop at the end.";
    public const string DigitsPattern = "must have only the digits 0 to 9.";
    public const string NotADate = "must be a date of the form yyyy-MM-dd.";
    public const string BirthDateInTheFuture = "must not be in the future.";
    public const string BirthDateTooEarly = "must not be before 1900-01-01.";
    public const string UnknownPetType = "must be the id of a pet type that exists.";
    public const string UnknownSpecialty = "must name a specialty that exists.";
    public const string SpecialtyWithoutIdAndName = "must have an id or a name.";
    public const string TooManyItems = "must have at most 100 items.";

    public static string Length(int min, int max) => min == 0
        ? string.Create(CultureInfo.InvariantCulture, $"must have at most {max} characters.")
        : string.Create(CultureInfo.InvariantCulture, $"must have {min} to {max} characters.");

    public static string AtPath(string pointer, string message) => $"[Path '{pointer}'] {message}";

    // Details of problems.

    public const string ValidationFailed = "The request body breaks the contract; each fault is listed in schemaValidationErrors.";
    public const string BodyMissing = "The request needs a JSON body.";
    public const string BodyMalformed = "The request body is not well-formed JSON.";
    public const string BodyNotUtf8 = "The request body is not valid UTF-8.";
    public const string BodyTooDeep = "The request body is nested more than 32 levels deep.";
    public const string BodyIncomplete = "The request body could not be read to its end.";
    public const string TargetTooLong = "The path and query string together are longer than the limit.";
    public const string HeadersTooLarge = "The request headers are larger or more than the limit.";
    public const string SignInRequired = "The operation needs credentials by HTTP basic authentication.";
    public const string RoleMissing = "The credentials do not have the role that the operation needs.";
    public const string Oops = "This operation always fails, so that clients can show what they do about it.";
    public const string ServerFault = "The request failed inside the service. The failure is logged there.";
    public const string DatabaseUnavailable = "The database does not answer at the moment; try again.";
    public const string NotAPage = "The query parameter 'page' must be a whole number from 0 to 2147483647, given at most once.";
    public const string NotASize = "The query parameter 'size' must be a whole number from 1 to 100, given at most once.";
    public const string NotALastName = "The query parameter 'lastName' must be text without control characters, given at most once.";

    public const string BodyTooLarge = "The request body is larger than the limit.";

    /// <summary>A charset other than UTF-8 is another media type here.</summary>
    public static string UnsupportedMediaType(string? contentType) => $"The body's media type is {contentType ?? "missing"}; it must be application/json.";

    public static string NoSuchPath(string path) => $"There is nothing at {path}.";

    public static string NoSuchMethod(string path, string method, string? allowed) => $"{path} does not take {method}; it takes {allowed}.";

    /// <summary>A path segment that should be an id is not one. <paramref name="parameter"/> is its name in the contract: ownerId, petId, petTypeId, vetId, specialtyId, visitId.</summary>
    public static string NotAPathId(string parameter) => $"The path parameter '{parameter}' must be a whole number from 0 to 2147483647 without leading zeros.";

    /// <summary><paramref name="kind"/> is one of: Owner, Pet, Pet type, Vet, Specialty, Visit.</summary>
    public static string NotFound(string kind, int id) => string.Create(CultureInfo.InvariantCulture, $"{kind} {id} does not exist.");

    public static string PetOfOwnerNotFound(int petId, int ownerId) => string.Create(CultureInfo.InvariantCulture, $"Owner {ownerId} has no pet {petId}.");

    public static string UserExists(string username) => $"User '{username}' exists already.";

    /// <summary>"Pet type 2 is still used by 4 pets: 3, 4, 10, 12."; after the first ten ids: " and 5 more".</summary>
    public static string PetTypeInUse(int typeId, IReadOnlyList<int> petIds) =>
        string.Create(CultureInfo.InvariantCulture, $"Pet type {typeId} is still used by {Blockers("pet", petIds)}.");

    public static string SpecialtyInUse(int specialtyId, IReadOnlyList<int> vetIds) =>
        string.Create(CultureInfo.InvariantCulture, $"Specialty {specialtyId} is still used by {Blockers("vet", vetIds)}.");

    private const int MaxNamedBlockers = 10;

    private static string Blockers(string noun, IReadOnlyList<int> ids)
    {
        var named = string.Join(", ", ids.Take(MaxNamedBlockers).Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var rest = ids.Count > MaxNamedBlockers ? $" and {ids.Count - MaxNamedBlockers} more" : "";
        return $"{ids.Count} {noun}{(ids.Count == 1 ? "" : "s")}: {named}{rest}";
    }
}
