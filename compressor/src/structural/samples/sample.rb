#!/usr/bin/env ruby
# frozen_string_literal: true

# Copyright (c) 2024 The Authors

require "set"
require_relative 'base'

=begin
How a queue works, in a few words, and why
it is bounded.
=end
module Work
  # A queue of jobs, none of them twice.
  class Queue < Base
    include Enumerable
    extend Forwardable

    LIMIT = 1_000
    NAMES = %w[fast  slow
      other].freeze
    TABLE = { fast: 1, "slow" => 2,
      :other => [1, 2,
        3] }
    PATTERN = /\A\s*(?<name>[a-z]+) # not a comment
      \z/x

    attr_reader :jobs,
                :limit # never changed

    def_delegators :@jobs, :size, :empty?

    # Makes a queue.
    #
    # @param jobs [Array<Job>] the first jobs; they are
    #   not copied
    # @example
    #   Queue.new([job], limit: 3)
    def initialize(jobs = [], limit: LIMIT, **options, &block)
      @jobs, @limit = jobs, limit
      super(*options.values, &block)
      @help = <<~TEXT + "  end"
        Usage:   queue  [#{NAMES.join("|")}]
          -n   so many
      TEXT
    end

    def each
      return to_enum(:each) unless block_given? # as usual

      @jobs.select { |job| job.ready? }
           .reject do |job|
             job.done? || # finished
               job.failed?
           end
           .each { |job| yield job, -1 }
    end

    def push(job) = tap { @jobs << job }

    def ==(other) = other.is_a?(Queue) && jobs == other.jobs

    def take(timeout = nil)
      deadline = timeout ? now + timeout : nil
      until (job = @jobs.shift)
        break if deadline && now > deadline
        sleep 0.1
      end
      job
    rescue Timeout::Error, IOError => error
      # Says what was wrong.
      warn "failed: #{error.message.sub(/x/) { |m| m * 2 }}"
      retry if (attempts += 1) < 3
      nil
    else
      log :taken, job: job
    ensure
      @lock&.unlock
    end

    def rate(job)
      case job
      when nil, false then 0
      when Fast
        2
      else
        -> (x, y = 1) { x * y }.call(job.size)
      end
    rescue
      x = if a then b elsif c; d else e end
      case job
      in { name: String => name, size: 1.. } if name
        3
      in [Integer, *]
        4
      end
      puts [1, 2][0], (a [1]), foo ? 1 : 2, ?a, :"b c", `ls  -l`
      while x do x -= 1 end
      begin; y; end while z
      print <<A, <<-"B"
one  line
A
  two
  B
      return x, *y
    end

    private def secret; "a" \
      'b'; end

    class << self
      attr_accessor :default # :nodoc:
      alias_method :build, :new
    end
  end
end

Work::Queue.new.push 1 if __FILE__ == $0
__END__
data   stays

  as it is
