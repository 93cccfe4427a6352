using OrleansShop.Clinic.Http.Parameters;

namespace OrleansShop.Clinic.Hosting.Listing;

/// <summary>Where a page begins in an index.</summary>
internal static class PageOffset
{
    extension(PageRequest page)
    {
        /// <summary>An index counts in 32 bits: a page that begins beyond them begins beyond its end, too.</summary>
        public int IndexOffset => (int)Math.Min(page.Offset, int.MaxValue);
    }
}
