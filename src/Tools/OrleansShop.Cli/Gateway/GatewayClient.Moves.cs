using System.Net.Http.Json;

namespace OrleansShop.Cli.Gateway;

/// <summary>The part of the admin API that moves capabilities.</summary>
internal sealed partial class GatewayClient
{
    public Task<Answer<CapabilityStatusAnswer>> GetCapabilityAsync(string capability, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, PathOf(capability), body: null, AnswersJson.Default.CapabilityStatusAnswer, cancellationToken, QuestionTimeout);

    /// <param name="capability">The capability.</param>
    /// <param name="kind">The last segment of the path: <c>shadow</c>, <c>canary</c>, <c>promote</c>, <c>lists</c>, <c>rollback</c>, <c>pause</c>, <c>resume</c> or <c>retire</c>.</param>
    /// <param name="order">What the order says besides.</param>
    /// <param name="cancellationToken">Gives up waiting; the order may have been taken.</param>
    public Task<Answer<CapabilityStatusAnswer>> OrderMoveAsync(string capability, string kind, MoveOrder order, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Post,
            $"{PathOf(capability)}/{kind}",
            JsonContent.Create(order, AnswersJson.Default.MoveOrder),
            AnswersJson.Default.CapabilityStatusAnswer,
            cancellationToken);

    public Task<Answer<RolloutAnswer>> StartRolloutAsync(string capability, MoveOrder order, CancellationToken cancellationToken) => OrderRolloutAsync(capability, "/rollout", order, cancellationToken);

    public Task<Answer<RolloutAnswer>> StopRolloutAsync(string capability, MoveOrder order, CancellationToken cancellationToken) => OrderRolloutAsync(capability, "/rollout/stop", order, cancellationToken);

    public Task<Answer<RolloutAnswer>> GetRolloutAsync(string capability, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{PathOf(capability)}/rollout", body: null, AnswersJson.Default.RolloutAnswer, cancellationToken, QuestionTimeout);

    public Task<Answer<IReadOnlyList<TransitionAnswer>>> GetOrdersAsync(string capability, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{PathOf(capability)}/history", body: null, AnswersJson.Default.IReadOnlyListTransitionAnswer, cancellationToken, QuestionTimeout);

    public Task<Answer<VerificationAnswer>> VerifyAsync(string capability, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{PathOf(capability)}/verify", body: null, AnswersJson.Default.VerificationAnswer, cancellationToken, QuestionTimeout);

    public Task<Answer<VerificationAnswer>> GetVerificationAsync(string capability, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{PathOf(capability)}/verify", body: null, AnswersJson.Default.VerificationAnswer, cancellationToken, QuestionTimeout);

    public Task<Answer<DifferencesAnswer>> GetDifferencesAsync(string capability, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{PathOf(capability)}/diffs", body: null, AnswersJson.Default.DifferencesAnswer, cancellationToken, QuestionTimeout);

    private Task<Answer<RolloutAnswer>> OrderRolloutAsync(string capability, string path, MoveOrder order, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, $"{PathOf(capability)}{path}", JsonContent.Create(order, AnswersJson.Default.MoveOrder), AnswersJson.Default.RolloutAnswer, cancellationToken);

    private static string PathOf(string capability) => $"/admin/capabilities/{Uri.EscapeDataString(capability)}";
}
