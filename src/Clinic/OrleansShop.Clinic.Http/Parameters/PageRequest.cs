namespace OrleansShop.Clinic.Http.Parameters;

/// <summary>A page that a client asks for. <paramref name="Page"/> counts from 0; <paramref name="Size"/> is 1 to 100.</summary>
internal sealed record PageRequest(int Page, int Size)
{
    public long Offset => (long)Page * Size;

    public int PagesOf(long totalElements) => (int)((totalElements + Size - 1) / Size);
}
