using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Grains.Wire;

// Domain types know nothing of Orleans. Between silos they travel in their stored text, which every release can read.

[GenerateSerializer, Alias("feedback.wire.tally")]
internal struct TallyWire
{
    [Id(0)] public string Text;
}

[RegisterConverter]
internal sealed class TallyConverter : IConverter<Tally, TallyWire>
{
    public Tally ConvertFromSurrogate(in TallyWire surrogate) => TallyText.ReadKnown(surrogate.Text);

    public TallyWire ConvertToSurrogate(in Tally value) => new() { Text = TallyText.Write(value) };
}

[GenerateSerializer, Alias("feedback.wire.node")]
internal struct NodeIdWire
{
    [Id(0)] public string Value;
}

[RegisterConverter]
internal sealed class NodeIdConverter : IConverter<NodeId, NodeIdWire>
{
    public NodeId ConvertFromSurrogate(in NodeIdWire surrogate) => new(surrogate.Value);

    public NodeIdWire ConvertToSurrogate(in NodeId value) => new() { Value = value.Value };
}

[GenerateSerializer, Alias("feedback.wire.sender")]
internal struct SenderWire
{
    [Id(0)] public string Terminal;
    [Id(1)] public string? Key;
    [Id(2)] public string? Imported;
    [Id(3)] public bool StaffPresent;
}

[RegisterConverter]
internal sealed class SenderConverter : IConverter<Sender, SenderWire>
{
    public Sender ConvertFromSurrogate(in SenderWire surrogate) => new(surrogate.Terminal, surrogate.Key, surrogate.Imported, surrogate.StaffPresent);

    public SenderWire ConvertToSurrogate(in Sender value) =>
        new() { Terminal = value.Terminal, Key = value.Key, Imported = value.Imported, StaffPresent = value.StaffPresent };
}

[GenerateSerializer, Alias("feedback.wire.refusal")]
internal struct RefusalWire
{
    [Id(0)] public string Code;
    [Id(1)] public string? Field;
    [Id(2)] public string? Value;
    [Id(3)] public bool Retryable;
}

[RegisterConverter]
internal sealed class RefusalConverter : IConverter<Refusal, RefusalWire>
{
    public Refusal ConvertFromSurrogate(in RefusalWire surrogate) =>
        new(surrogate.Code, surrogate.Field, surrogate.Value, surrogate.Retryable);

    public RefusalWire ConvertToSurrogate(in Refusal value) =>
        new() { Code = value.Code, Field = value.Field, Value = value.Value, Retryable = value.Retryable };
}

[GenerateSerializer, Alias("feedback.wire.evaluation-claim")]
internal struct EvaluationClaimWire
{
    [Id(0)] public byte[] Claim;
    [Id(1)] public string? Matter;
    [Id(2)] public string? Comment;
    [Id(3)] public string? Signature;
    [Id(4)] public bool SignedBeforeRevocation;
    [Id(5)] public string? MatterHash;
    [Id(6)] public bool SignedByEndedKey;
}

[RegisterConverter]
internal sealed class EvaluationClaimConverter : IConverter<EvaluationClaim, EvaluationClaimWire>
{
    public EvaluationClaim ConvertFromSurrogate(in EvaluationClaimWire surrogate) =>
        new(EvaluationTexts.ReadClaim(surrogate.Claim), surrogate.Matter, surrogate.Comment, surrogate.MatterHash is { } hash ? Opaque.Parse(hash) : null)
        {
            Signature = surrogate.Signature,
            SignedBeforeRevocation = surrogate.SignedBeforeRevocation,
            SignedByEndedKey = surrogate.SignedByEndedKey,
        };

    public EvaluationClaimWire ConvertToSurrogate(in EvaluationClaim value) => new()
    {
        Claim = EvaluationTexts.ClaimBytes(value.Evaluation),
        Matter = value.Matter,
        Comment = value.Comment,
        Signature = value.Signature,
        SignedBeforeRevocation = value.SignedBeforeRevocation,
        SignedByEndedKey = value.SignedByEndedKey,
        MatterHash = value.MatterHash?.ToString(),
    };
}

[GenerateSerializer, Alias("feedback.wire.matter-claim")]
internal struct MatterClaimWire
{
    [Id(0)] public string At;
    [Id(1)] public string Number;
    [Id(2)] public string Source;
    [Id(3)] public long FinishedAt;
    [Id(4)] public short Offset;
    [Id(5)] public bool DateOnly;
    [Id(6)] public string? ServiceItem;
    [Id(7)] public string? Staff;
    [Id(8)] public string? Signature;
    [Id(9)] public bool SignedBeforeRevocation;
    [Id(10)] public bool SignedByEndedKey;
}

[RegisterConverter]
internal sealed class MatterClaimConverter : IConverter<MatterClaim, MatterClaimWire>
{
    public MatterClaim ConvertFromSurrogate(in MatterClaimWire surrogate) => new(
        new NodeId(surrogate.At), surrogate.Number, surrogate.Source,
        new Moment(surrogate.FinishedAt, surrogate.Offset, surrogate.DateOnly), surrogate.ServiceItem, surrogate.Staff)
    {
        Signature = surrogate.Signature,
        SignedBeforeRevocation = surrogate.SignedBeforeRevocation,
        SignedByEndedKey = surrogate.SignedByEndedKey,
    };

    public MatterClaimWire ConvertToSurrogate(in MatterClaim value) => new()
    {
        At = value.At.Value,
        Number = value.Number,
        Source = value.Source,
        FinishedAt = value.FinishedAt.UtcMilliseconds,
        Offset = value.FinishedAt.OffsetMinutes,
        DateOnly = value.FinishedAt.DateOnly,
        ServiceItem = value.ServiceItem,
        Staff = value.Staff,
        Signature = value.Signature,
        SignedBeforeRevocation = value.SignedBeforeRevocation,
        SignedByEndedKey = value.SignedByEndedKey,
    };
}
