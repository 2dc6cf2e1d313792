package dev.rollcall.vectors;

import dev.rollcall.search.PassageIndex.Numbered;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Adds to an index in a process of its own: {@code FOLDER DIMENSION}. For each line that it reads, a number, it adds all
 * vectors of {@link #vectors} up to there and says the newest number; {@code on} adds for ever, eight at a time.
 */
final class AddingProcess {
    private static final long SEED = 73;

    private AddingProcess() {}

    static List<Numbered> vectors(int dimension, long first, long last) {
        return new ClusteredVectors(SEED, dimension).numbered(first, last);
    }

    public static void main(String[] arguments) throws IOException {
        int dimension = Integer.parseInt(arguments[1]);
        try (HnswIndex index = HnswIndex.open(Path.of(arguments[0]), dimension);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long last = line.equals("on") ? Long.MAX_VALUE : Long.parseLong(line);
                long step = line.equals("on") ? 8 : last;
                while (index.newest() < last) {
                    long first = index.newest() + 1;
                    index.add(vectors(dimension, first, Math.min(last, first + step - 1)));
                    System.out.println(index.newest());
                }
            }
        }
    }
}
