using System.Text.Json;

namespace OrleansShop.Gateway.Phases;

/// <summary>
/// The file <c>phases.json</c> of the data folder. It is replaced as a whole: a new file is written, forced to disk and renamed over the old one, so that
/// a crash leaves one of the two. A lock file keeps a second gateway out of the folder.
/// </summary>
internal sealed class PhaseFile : IDisposable
{
    public const string Name = "phases.json";

    private readonly string _path;
    private readonly FileStream _lock;

    private PhaseFile(string path, FileStream @lock)
    {
        _path = path;
        _lock = @lock;
    }

    /// <summary>Opens the folder, which is created when missing.</summary>
    /// <exception cref="PhaseFileException">Another gateway uses the folder, or it cannot be written.</exception>
    public static PhaseFile Open(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, Name));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new PhaseFile(path, new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new PhaseFileException(
                $"The data folder of {path} cannot be used: {denied.Message} Give each gateway a folder of its own that it may write (Gateway:DataFolder).", denied);
        }
    }

    /// <summary>Reads the document; an absent file is an empty one.</summary>
    /// <exception cref="PhaseFileException">The file is not a document of this format.</exception>
    public PhaseDocument Read()
    {
        if (!File.Exists(_path))
        {
            return PhaseDocument.Empty;
        }

        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(_path), PhaseDocumentJson.Default.PhaseDocument)
                ?? throw new JsonException("The file holds null.");
            return document.Format == PhaseDocument.CurrentFormat
                ? document
                : throw new JsonException($"The file has the format {document.Format}; this version reads {PhaseDocument.CurrentFormat}.");
        }
        catch (JsonException corrupt)
        {
            throw new PhaseFileException(
                $"{_path} cannot be read: {corrupt.Message} Restore it from a backup. If there is none, delete it: requests then go to the monolith until "
                + "each service has said how its capability stands, a second after it answers.",
                corrupt);
        }
    }

    /// <summary>Replaces the document. When it returns, the new one survives a crash.</summary>
    public void Write(PhaseDocument document)
    {
        var next = _path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, document, PhaseDocumentJson.Default.PhaseDocument);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();
}

/// <summary>The file with the phases cannot be used. The gateway does not start: it would not know where the data is.</summary>
internal sealed class PhaseFileException(string message, Exception innerException) : Exception(message, innerException);
