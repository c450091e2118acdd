namespace Feedback.Charts.Volumes;

/// <summary>What came in a day, or in the week or month that begins on it.</summary>
/// <param name="Day">The first day.</param>
/// <param name="Active">Evaluations that citizens gave themselves.</param>
/// <param name="Default">Evaluations that a rule filled in for silence.</param>
/// <param name="Callback">Evaluations asked for later.</param>
/// <param name="Declined">Citizens who were asked and gave no grade.</param>
/// <param name="Matters">Finished matters.</param>
public readonly record struct VolumeStep(DateOnly Day, long Active, long Default, long Callback, long Declined, long Matters)
{
    /// <summary>All evaluations, of whatever origin.</summary>
    public long Evaluations => Active + Default + Callback + Declined;

    /// <summary>The evaluations of an origin: 0 active, 1 default, 2 callback, 3 declined.</summary>
    internal long this[int origin] => origin switch { 0 => Active, 1 => Default, 2 => Callback, _ => Declined };
}
