namespace CompiledNets.Tests.Training;

/// <summary>A team works where it is quicker, and is tried again from time to time.</summary>
public sealed class TeamTrialTests
{
    [Fact]
    public void A_team_works_until_it_is_slower()
    {
        TeamTrial trial = new();
        for (int step = 0; step < TeamTrial.FirstPeriod; step++)
        {
            Assert.True(trial.IsForTeam);
            trial.Took(1, hadHelp: true);
        }

        Assert.Equal(TeamTrial.Steps, Run(trial, 2 * TeamTrial.Steps, team: 20, alone: 10));
        Assert.False(trial.IsTeamQuicker);
        Assert.False(trial.IsForTeam);
    }

    [Theory]
    [InlineData(10, 20, true)]
    [InlineData(20, 10, false)]
    public void The_quicker_way_takes_nearly_all_steps(long team, long alone, bool isTeam)
    {
        TeamTrial trial = new();
        int withTeam = Run(trial, 20_000, team, alone);
        Assert.InRange(isTeam ? 20_000 - withTeam : withTeam, 1, TeamTrial.FirstPeriod + (40 * TeamTrial.Steps));
    }

    [Fact]
    public void A_change_is_noticed()
    {
        TeamTrial trial = new();
        Run(trial, 5000, team: 20, alone: 10);
        Assert.False(trial.IsTeamQuicker);
        Run(trial, TeamTrial.LastPeriod + (2 * TeamTrial.Steps), team: 5, alone: 10);
        Assert.True(trial.IsTeamQuicker);
    }

    [Fact]
    public void The_first_step_of_each_way_does_not_count()
    {
        TeamTrial trial = new();
        Run(trial, TeamTrial.FirstPeriod, 1, 1);
        for (int step = 0; step < 2 * TeamTrial.Steps; step++)
            trial.Took(step % TeamTrial.Steps == 0 ? 1 : trial.IsForTeam ? 5 : 10, hadHelp: true);
        Assert.True(trial.IsTeamQuicker);
    }

    [Fact]
    public void Steps_before_the_team_comes_do_not_count()
    {
        TeamTrial trial = new();
        Run(trial, TeamTrial.FirstPeriod, 1, 1);
        for (int step = 0; step < TeamTrial.MostWaits; step++)
        {
            Assert.True(trial.IsForTeam);
            trial.Took(10, hadHelp: false);
        }

        Run(trial, 2 * TeamTrial.Steps, team: 5, alone: 10);
        Assert.True(trial.IsTeamQuicker);
        Assert.Equal(2 * TeamTrial.FirstPeriod, Run(trial, 2 * TeamTrial.FirstPeriod, team: 5, alone: 10));
    }

    [Fact]
    public void A_team_that_does_not_come_is_not_waited_for()
    {
        TeamTrial trial = new();
        for (int step = 0; step < 20_000; step++) trial.Took(trial.IsForTeam ? 11 : 10, hadHelp: false);
        Assert.False(trial.IsTeamQuicker);
    }

    // Gives how many steps a team had.
    private static int Run(TeamTrial trial, int steps, long team, long alone)
    {
        int withTeam = 0;
        for (int step = 0; step < steps; step++)
        {
            if (trial.IsForTeam) withTeam++;
            trial.Took(trial.IsForTeam ? team : alone, hadHelp: trial.IsForTeam);
        }

        return withTeam;
    }
}
