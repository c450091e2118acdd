using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;

namespace Feedback.Api.Access;

/// <summary>Somebody who may read figures.</summary>
/// <param name="Scope">The node at or below which they may; null for the whole bureau.</param>
/// <param name="Account">Who signed in; null for a token.</param>
public sealed record Reader(NodeId? Scope, Account? Account);
