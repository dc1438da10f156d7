namespace CompiledNets.Data;

/// <summary>
/// The generator behind <c>numpy.random.RandomState(seed)</c>, MT19937 (Matsumoto and Nishimura, 1998), for what Keras shuffles by it: so
/// that a set is divided as Keras divides it.
/// </summary>
internal sealed class NumPyRandom
{
    private const int Size = 624, Period = 397;

    private readonly uint[] state = new uint[Size];
    private int next = Size;

    /// <summary>Starts the generator.</summary>
    public NumPyRandom(uint seed)
    {
        for (uint i = 0; i < Size; i++)
        {
            state[i] = seed;
            seed = (1812433253 * (seed ^ (seed >> 30))) + i + 1;
        }
    }

    /// <summary>0, 1, ... in a random order, as <c>shuffle(arange(count))</c>.</summary>
    public int[] Order(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            int other = (int)UpTo((uint)last);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    // Numbers above the most are drawn again, with as many bits as the most has.
    private uint UpTo(uint most)
    {
        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(most), number;
        do number = Next() & mask;
        while (number > most);
        return number;
    }

    private uint Next()
    {
        if (next == Size) Twist();
        uint y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (state[i] & 0x80000000) | (state[(i + 1) % Size] & 0x7fffffff);
            state[i] = state[(i + Period) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }

        next = 0;
    }
}
