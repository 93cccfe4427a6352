using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OrleansShop.Strangler.BridgeClient;
using Xunit;

namespace OrleansShop.Strangler.Bridge.Tests;

public sealed class HostileRequestTests
{
    [Theory]
    [InlineData(BridgeWire.ReadPath, "")]
    [InlineData(BridgeWire.ReadPath, "{")]
    [InlineData(BridgeWire.ReadPath, "null")]
    [InlineData(BridgeWire.ReadPath, "[]")]
    [InlineData(BridgeWire.ReadPath, "{}")]
    [InlineData(BridgeWire.ReadPath, """{"capability":"library","kind":"book","limit":"many"}""")]
    [InlineData(BridgeWire.ReadPath, """{"capability":"library","kind":"book","column":"id","values":[null]}""")]
    [InlineData(BridgeWire.ReadPath, """{"capability":"library","kind":"book","column":"id\" OR 1=1 --","values":["1"]}""")]
    [InlineData(BridgeWire.ApplyPath, "{}")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":null}""")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":[null]}""")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":[{}]}""")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":[{"capability":"library","kind":"book","id":"1","row":{}}]}""")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":[{"capability":"library","kind":"book","id":"1","row":{"id":[1]}}]}""")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":[{"capability":"library","kind":"book","id":"1","row":{"id":1,"id":1}}]}""")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":[{"capability":"library","kind":"book","id":"1","owner":"Monolith","row":{"id":1,"title) VALUES (1); --":"x"}}]}""")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":[{"capability":"library","kind":"book","id":"1","row":{"id":1,"title":"x"},"children":{"authors":null}}]}""")]
    [InlineData(BridgeWire.ApplyPath, """{"changes":[{"capability":"library","kind":"book","id":"1","row":{"id":1,"title":"x"},"children":{"authors":[null]}}]}""")]
    [InlineData(BridgeWire.AllocatePath, "{}")]
    [InlineData(BridgeWire.AllocatePath, """{"capability":"library","kind":"book","count":2147483648}""")]
    [InlineData(BridgeWire.AnnouncePath, "{}")]
    [InlineData(BridgeWire.AnnouncePath, """{"capability":"library","epoch":-1,"fence":true}""")]
    [InlineData(BridgeWire.AnnouncePath, """{"capability":"x'; DROP TABLE books; --","epoch":1,"fence":true}""")]
    [InlineData(BridgeWire.TakePath, "null")]
    [InlineData(BridgeWire.TakePath, """{"capability":"library","kind":"book","id":"1 OR 1=1","capabilityEpoch":1}""")]
    [InlineData(BridgeWire.ReturnPath, "{}")]
    [InlineData(BridgeWire.ReturnPath, """{"capability":"library","kind":"book","id":"1","row":{"id":1},"owner":7}""")]
    [InlineData(BridgeWire.FindPath, """{"capability":"library","kind":"book"}""")]
    [InlineData(BridgeWire.ListPath, """{"capability":"library","kind":"book","owner":"Nobody"}""")]
    [InlineData(BridgeWire.ListPath, """{"capability":"library","kind":"book","owner":"Grains","limit":100000}""")]
    [InlineData(BridgeWire.CountPath, "{}")]
    [InlineData(BridgeWire.ChangesPath, """{"capability":"library","after":-1,"limit":10}""")]
    public async Task A_body_that_is_not_what_the_operation_takes_is_answered_400(string path, string body)
    {
        await using var running = await RunningBridge.StartAsync();

        await ExpectProblemAsync(running, await running.Client().PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json")), 400);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_answered_413()
    {
        await using var running = await RunningBridge.StartAsync();

        // The server answers without reading the body; a client that does not wait for its word can meet the closed connection first.
        using var request = new HttpRequestMessage(HttpMethod.Post, BridgeWire.ReadPath) { Content = Json(new byte[9 * 1024 * 1024]) };
        request.Headers.ExpectContinue = true;
        await ExpectProblemAsync(running, await running.Client().SendAsync(request), 413);
    }

    [Fact]
    public async Task Invalid_utf8_is_answered_400_and_another_media_type_415()
    {
        await using var running = await RunningBridge.StartAsync();

        await ExpectProblemAsync(running, await running.Client().PostAsync(BridgeWire.UserPath, Json([.. "{\"username\":\""u8, 0xC3, 0x28, .. "\"}"u8])), 400);
        await ExpectProblemAsync(running, await running.Client().PostAsync(BridgeWire.UserPath, new StringContent("username=admin", Encoding.UTF8, "text/plain")), 415);
    }

    [Fact]
    public async Task Unknown_paths_are_answered_404_and_other_methods_405()
    {
        await using var running = await RunningBridge.StartAsync();

        await ExpectProblemAsync(running, await running.Client().GetAsync("/bridge/rows"), 404);
        await ExpectProblemAsync(running, await running.Client().DeleteAsync(BridgeWire.ApplyPath), 405);
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static async Task ExpectProblemAsync(RunningBridge running, HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        using var problem = JsonDocument.Parse(text);
        Assert.StartsWith("https://orleansshop.example/problems/", problem.RootElement.GetProperty("type").GetString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await running.Client().GetAsync("/health/ready")).StatusCode);
    }
}
