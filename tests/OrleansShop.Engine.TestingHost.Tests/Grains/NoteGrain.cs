namespace OrleansShop.Engine.TestingHost.Tests.Grains;

/// <summary>A grain with state in the provider "notes".</summary>
public interface INoteGrain : IGrainWithIntegerKey
{
    Task Write(string text);

    Task<string> Read();

    Task Clear();
}

public sealed class NoteGrain([PersistentState("note", "notes")] IPersistentState<NoteGrain.Note> note) : Grain, INoteGrain
{
    public async Task Write(string text)
    {
        note.State.Text = text;
        await note.WriteStateAsync();
    }

    public async Task<string> Read()
    {
        await note.ReadStateAsync();
        return note.State.Text;
    }

    public Task Clear() => note.ClearStateAsync();

    [GenerateSerializer]
    public sealed class Note
    {
        [Id(0)]
        public string Text { get; set; } = "";
    }
}
