using System.Collections.Immutable;
using OrleansShop.Clinic.Http.Parameters;

namespace OrleansShop.Clinic.Hosting.Listing;

/// <summary>A page of a list as clients see it. The members stand in the order of the JSON.</summary>
internal sealed record PageAnswer<T>(ImmutableArray<T> Content, int Page, int Size, long TotalElements, int TotalPages)
{
    public static PageAnswer<T> Of(PageRequest page, ImmutableArray<T> content, long total) => new(content, page.Page, page.Size, total, page.PagesOf(total));
}
