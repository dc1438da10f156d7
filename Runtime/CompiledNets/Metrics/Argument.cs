namespace CompiledNets;

/// <summary>Where among numbers one stands.</summary>
internal static class Argument
{
    /// <summary>The index of the largest number; the first of equal ones.</summary>
    public static int OfLargest(ReadOnlySpan<float> numbers)
    {
        int largest = 0;
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] > numbers[largest])
            {
                largest = i;
            }
        }

        return largest;
    }
}
