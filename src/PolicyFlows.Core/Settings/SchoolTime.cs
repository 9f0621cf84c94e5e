namespace PolicyFlows.Core.Settings;

/// <summary>Hours in which a school answers, Monday to Friday in term, London time.</summary>
public sealed record SchoolHours(TimeOnly From, TimeOnly To);

/// <summary>A stretch of days in which the school is open: half a term. Both days belong to it.</summary>
public sealed record Term(string Name, DateOnly From, DateOnly To, string Source, DateOnly? CheckedOn = null);

/// <summary>A day that is not a working day.</summary>
public sealed record BankHoliday(DateOnly Day, string Name, string Source, DateOnly? CheckedOn = null);
