using System.Globalization;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>
/// The marks that writers leave in a stored log: a text of names, each behind a comma. A writer leaves its own name and the version that it wrote,
/// as <c>~name@version</c>, in place of its earlier mark. When it gets no answer, it reads the log and looks for its mark: a bit for each cluster, which this
/// text can hold as well, could not tell apart two activations of one grain that write at the same time.
/// </summary>
internal static class WriteMarks
{
    /// <summary>How many writers' marks are kept. A writer whose mark was pushed out by as many others before it looked cannot know.</summary>
    public const int Kept = 16;

    private const char Separator = ',';
    private const char Own = '~';

    public static bool Contains(string marks, string mark) => Array.IndexOf(marks.Split(Separator), mark) >= 0;

    public static string Flip(string marks, string mark) =>
        Contains(marks, mark) ? Join(Split(marks).Where(other => other != mark)) : marks + Separator + mark;

    /// <summary>Adds a writer's mark as the last one.</summary>
    public static string Add(string marks, string writer, int version)
    {
        var others = Split(marks).Where(mark => !IsOf(mark, writer)).ToList();
        while (others.Count(static mark => mark[0] == Own) >= Kept) others.RemoveAt(others.FindIndex(static mark => mark[0] == Own));
        others.Add(MarkOf(writer, version));
        return Join(others);
    }

    /// <summary>Whether a write that moved the log to <paramref name="version"/> is in it.</summary>
    /// <exception cref="InvalidOperationException">As many others as are kept have written since.</exception>
    public static bool Holds(string marks, string writer, int version)
    {
        if (Contains(marks, MarkOf(writer, version))) return true;

        // Marks are pushed out in the order in which they were written. One that is older than the write was kept, so the write's own would be here.
        var all = Split(marks).Where(static mark => mark[0] == Own).ToList();
        if (all.Count < Kept || VersionOf(all[0]) <= version) return false;
        throw new InvalidOperationException(
            $"Whether the write of version {version} by {writer} was stored cannot be known: {Kept} other writers have written since. So many writers of one log at a time mean that grains are not placed as they should be.");
    }

    private static string MarkOf(string writer, int version) => string.Create(CultureInfo.InvariantCulture, $"{Own}{writer}@{version}");

    private static bool IsOf(string mark, string writer) =>
        mark[0] == Own && mark.Length > writer.Length + 1 && mark[writer.Length + 1] == '@' && mark.AsSpan(1).StartsWith(writer, StringComparison.Ordinal);

    private static int VersionOf(string mark) => int.TryParse(mark.AsSpan(mark.LastIndexOf('@') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static string[] Split(string marks) => marks.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    private static string Join(IEnumerable<string> marks) => string.Concat(marks.Select(static mark => Separator + mark));
}
