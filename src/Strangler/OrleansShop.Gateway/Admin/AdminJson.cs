using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansShop.Gateway.Mirroring;
using OrleansShop.ServiceDefaults.Streams;

namespace OrleansShop.Gateway.Admin;

[JsonSerializable(typeof(CapabilitiesAnswer))]
[JsonSerializable(typeof(OrderBody))]
[JsonSerializable(typeof(RolloutBody))]
[JsonSerializable(typeof(DifferencesAnswer))]
[JsonSerializable(typeof(QueuesAnswer))]
[JsonSerializable(typeof(DeadLettersAnswer))]
[JsonSerializable(typeof(DeadLetterAnswer))]
[JsonSerializable(typeof(DeadLetterOrder))]
[JsonSerializable(typeof(DeadLetterOrderAnswer))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class AdminJson : JsonSerializerContext;
