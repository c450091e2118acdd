using CsCheck;

namespace Feedback.Grains.Tests.Programs;

/// <summary>What happens next at the bureau.</summary>
public enum StepKind
{
    /// <summary>A batch of new claims, some of it sent twice at the same time.</summary>
    Submit,

    /// <summary>Claims of earlier batches, whatever became of them.</summary>
    Repeat,

    /// <summary>A matter is finished, perhaps again.</summary>
    Finish,

    /// <summary>An evaluation is excluded or reinstated.</summary>
    Exclude,

    /// <summary>Staff come or go.</summary>
    Staff,

    /// <summary>Time passes.</summary>
    Advance,

    /// <summary>One activation ends.</summary>
    Deactivate,

    /// <summary>The process dies and comes back.</summary>
    Crash,

    /// <summary>The next append goes wrong.</summary>
    FailAppend,

    /// <summary>The next storing of days goes wrong.</summary>
    FailFlush,

    /// <summary>The next reports go astray.</summary>
    Astray,

    /// <summary>A window or a team moves at the next midnight.</summary>
    Move,

    /// <summary>Somebody looks at a figure.</summary>
    Look,
}

/// <summary>One step; what the numbers choose depends on its kind.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="A">0 to 99.</param>
/// <param name="B">0 to 99.</param>
public readonly record struct Step(StepKind Kind, int A, int B)
{
    /// <summary>Programs of up to thirty steps.</summary>
    public static readonly Gen<Step[]> Programs = Gen.Select(
        Gen.Frequency(
            (8, Gen.Const(StepKind.Submit)), (4, Gen.Const(StepKind.Repeat)), (3, Gen.Const(StepKind.Finish)), (2, Gen.Const(StepKind.Exclude)),
            (1, Gen.Const(StepKind.Staff)), (6, Gen.Const(StepKind.Advance)), (2, Gen.Const(StepKind.Deactivate)), (1, Gen.Const(StepKind.Crash)),
            (3, Gen.Const(StepKind.FailAppend)), (1, Gen.Const(StepKind.FailFlush)), (2, Gen.Const(StepKind.Astray)), (2, Gen.Const(StepKind.Move)),
            (2, Gen.Const(StepKind.Look))),
        Gen.Int[0, 99], Gen.Int[0, 99]).Select((kind, a, b) => new Step(kind, a, b)).Array[3, 30];

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {A} {B}";
}
