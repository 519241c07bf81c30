# SPDX-License-Identifier: EUPL-1.2
# What the lints know of C: reading a file, blanking comments and literals, finding functions. Needs perl-base only.
use strict;
use warnings;

# Files of the project below `$root` that match `$wanted`, sorted.
sub c_files {
	my ($root, $wanted) = @_;
	my @found;
	my @todo = ($root);
	while (defined(my $dir = shift @todo)) {
		opendir(my $handle, $dir) or next;
		for my $name (sort readdir $handle) {
			next if $name =~ /^\./ || $name eq 'build';
			my $path = $dir eq '.' ? $name : "$dir/$name";
			if (-d $path) { push @todo, $path }
			elsif ($path =~ $wanted) { push @found, $path }
		}
		closedir $handle;
	}
	return sort @found;
}

sub c_read {
	my ($path) = @_;
	open(my $in, '<', $path) or die "$path: $!\n";
	local $/;
	my $text = <$in>;
	return defined $text ? $text : '';
}

sub blank {
	my ($text) = @_;
	$text =~ s/[^\n]/ /g;
	return $text;
}

# The text with comments, and with `$literals` also the insides of literals, replaced by spaces: offsets stay.
sub c_code {
	my ($text, $literals) = @_;
	$text =~ s{(/\*.*?\*/|//[^\n]*)|("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')}
		{defined $1 ? blank($1) : $literals ? substr($2, 0, 1) . blank(substr($2, 1, -1)) . substr($2, -1) : $2}gse;
	return $text;
}

# Line number of an offset.
sub c_line {
	my ($text, $offset) = @_;
	return 1 + (substr($text, 0, $offset) =~ tr/\n//);
}

# Functions of a file in our layout, as [name, first line, number of lines]: from the signature to the closing brace.
sub c_functions {
	my ($text) = @_;
	my @lines = split /\n/, c_code($text, 1), -1;
	my @functions;
	for (my $i = 1; $i < @lines; $i++) {
		next unless $lines[$i] =~ /^\{\s*$/;
		my $first = $i - 1;
		$first-- while $first > 0 && $lines[$first] =~ /^\s/;
		my ($name) = join(' ', @lines[$first .. $i - 1]) =~ /(\w+)\s*\(/ or next;
		my $last = $i;
		$last++ while $last < $#lines && $lines[$last] !~ /^\}/;
		push @functions, [$name, $first + 1, $last - $first + 1];
		$i = $last;
	}
	return @functions;
}

# Splits the arguments of the call whose opening parenthesis is at `$open`; comments must be blanked.
sub c_arguments {
	my ($text, $open) = @_;
	my ($depth, $argument, @arguments) = (0, '');
	pos($text) = $open;
	while ($text =~ /\G("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|.)/gs) {
		my $piece = $1;
		if ($piece =~ /^[(\[{]$/) {
			next if $depth++ == 0;
		} elsif ($piece =~ /^[)\]}]$/) {
			if (--$depth == 0) {
				push @arguments, $argument;
				last;
			}
		} elsif ($piece eq ',' && $depth == 1) {
			push @arguments, $argument;
			$argument = '';
			next;
		}
		$argument .= $piece;
	}
	s/^\s+|\s+$//g for @arguments;
	return @arguments;
}

1;
