using System.Collections.Immutable;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>An older path that is answered by a request to one of the capability's routes. GET only.</summary>
/// <param name="Capability">The capability that answers.</param>
/// <param name="Template">The older path, without the base path, such as <c>/book/{bookId}</c>.</param>
/// <param name="Target">The path template that is requested instead, with its base; it uses parameters of <paramref name="Template"/> only.</param>
/// <param name="Collect">
/// Names of properties to descend by, in order, through objects and arrays; what is reached is the answer, as one flat array. Empty when
/// the target's answer is the answer. So a list of grandchildren comes out of a document that nests them, in every phase.
/// </param>
public sealed record LegacyRoute(string Capability, string Template, string Target, ImmutableArray<string> Collect);
