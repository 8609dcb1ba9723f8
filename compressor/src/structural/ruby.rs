//! Ruby: golden results.

#![expect(clippy::needless_raw_string_hashes, reason = "golden results are written by a tool")]

use expect_test::{Expect, expect};

use super::rendering::{bounds, safe};

#[expect(clippy::needless_pass_by_value, reason = "expect-test reads better so")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&bounds("ruby", text));
}

#[test]
fn layout_and_comments_shrink_and_code_stays() {
    check(
        r#"# frozen_string_literal: true

require "json"
require_relative "store"

module Shop
  # A cart, kept in the session until it is paid for.
  class Cart < Base
    include Enumerable

    LIMIT = 20
    KINDS = %i[book
      record].freeze

    attr_reader :items,
                :owner

    # Adds an item.
    #
    # @param item [Item] what to add; it must be on stock
    # @return [Integer] the number of items
    def add(item, times: 1, **options)
      raise ArgumentError, "too many  items" if items.size + times > LIMIT # never more

      items.concat(
        Array.new(times) { item },
      )
      notify(:added, { :item => item, "times" => times })
      items.size
    end
  end
end
"#,
        expect![[r#"
            parsed: 191 tokens
            all words: 174
            # frozen_string_literal: true
            require "json"
            require_relative "store"

            module Shop
             # A cart, kept in the session until it is paid for.
             class Cart<Base
              include Enumerable

              LIMIT=20
              KINDS = %i[book
                  record].freeze

              attr_reader :items,:owner
              # Adds an item.
              # @param item [Item] what to add; it must be on stock
              # @return [Integer] the number of items
              def add(item, times: 1, **options)
               raise ArgumentError,"too many  items" if items.size + times > LIMIT # never more

               items.concat(Array.new(times){item },)
               notify(:added,{:item => item,"times"=>times })
               items.size
              end
             end
            end

            ----
            no words: 121
            # frozen_string_literal: true
            require "json"
            require_relative "store"

            module Shop
             class Cart<Base
              include Enumerable

              LIMIT=20
              KINDS = %i[book
                  record].freeze

              attr_reader :items,:owner
              def add(item, times: 1, **options)
               raise ArgumentError,"too many  items" if items.size + times > LIMIT

               items.concat(Array.new(times){item },)
               notify(:added,{:item => item,"times"=>times })
               items.size
              end
             end
            end

        "#]],
    );
}

#[test]
fn line_breaks_that_end_a_statement_stay() {
    check(
        r#"class Cart
  def total
    items
      .reject { |item| item.free? }
      # Prices are in cents.
      .sum do |item|
        item.price * (1 - discount)
      end
  end

  def status = items.empty? ? :empty : :open

  private

  def discount
    case owner
    when nil then 0
    when Member, Friend
      0.1
    else
      begin
        lookup owner, -1
      rescue NotFound, Timeout => error
        warn "no discount: #{error.message}"
        0
      ensure
        close
      end
    end
  end
end
"#,
        expect![[r#"
            parsed: 147 tokens
            all words: 135
            class Cart
             def total
              items.reject {|item| item.free? } # Prices are in cents.
               .sum do |item|
               item.price * (1 - discount)
               end
             end

             def status = items.empty? ? :empty : :open

             private

             def discount
              case owner
              when nil then 0
              when Member, Friend
               0.1
              else
               begin
                lookup owner,-1
               rescue NotFound, Timeout => error
                warn "no discount: #{error.message}"
                0
               ensure
                close
               end
              end
             end
            end

            ----
            no words: 135
            class Cart
             def total
              items.reject {|item| item.free? } # Prices are in cents.
               .sum do |item|
               item.price * (1 - discount)
               end
             end

             def status = items.empty? ? :empty : :open

             private

             def discount
              case owner
              when nil then 0
              when Member, Friend
               0.1
              else
               begin
                lookup owner,-1
               rescue NotFound, Timeout => error
                warn "no discount: #{error.message}"
                0
               ensure
                close
               end
              end
             end
            end

        "#]],
    );
}

#[test]
fn what_tools_and_lawyers_read_stays() {
    check(
        r#"#!/usr/bin/env ruby -w
# -*- coding: utf-8 -*-
# Copyright (c) 2024 The Authors
# typed: strict

# Explains the class in words.
class A # :nodoc:
  # rubocop:disable Metrics/AbcSize -- it is a table
  def f # rubocop:todo Naming/MethodName
    # FIXME: slow
    g
  end
  # rubocop:enable Metrics/AbcSize
  # @!attribute [r] name
  #: (Integer) -> String
  def h(x) = x.to_s
end
"#,
        expect![[r#"
            parsed: 130 tokens
            all words: 123
            #!/usr/bin/env ruby -w
            # -*- coding: utf-8 -*-
            # Copyright (c) 2024 The Authors
            # typed: strict
            # Explains the class in words.
            class A # :nodoc:
             # rubocop:disable Metrics/AbcSize -- it is a table
             def f # rubocop:todo Naming/MethodName
              # FIXME: slow
              g
             end
             # rubocop:enable Metrics/AbcSize
             # @!attribute [r] name
             #: (Integer) -> String
             def h(x) = x.to_s
            end

            ----
            no words: 115
            #!/usr/bin/env ruby -w
            # -*- coding: utf-8 -*-
            # Copyright (c) 2024 The Authors
            # typed: strict
            class A # :nodoc:
             # rubocop:disable Metrics/AbcSize -- it is a table
             def f # rubocop:todo Naming/MethodName
              # FIXME: slow
              g
             end
             # rubocop:enable Metrics/AbcSize
             # @!attribute [r] name
             #: (Integer) -> String
             def h(x) = x.to_s
            end

        "#]],
    );
}

#[test]
fn spaces_that_say_what_belongs_together_stay() {
    check(
        r#"foo -1
foo - 1
foo [1]
foo[ 1 ]
foo (1), 2
foo *args, &block
x ? y : z
x = a ||
  b
y = -1
h = { a: :b, :c => :d, :[] => 1, :e= => 2, "f": g }
->(x) { x + 1 }
def self.make = new
def ==(other) = id == other.id
puts "a" \
  "b"
p(%w[ a  b ], ?a, /x  y/)
a = b if c and not d
"#,
        expect![[r#"
            parsed: 143 tokens
            all words: 126
            foo -1
            foo-1
            foo [1]
            foo[1 ]
            foo (1),2
            foo *args,&block
            x ? y : z
            x=a || b
            y = -1
            h={a: :b,:c => :d,:[] => 1,:e= => 2,"f": g }
            ->(x){x+1 }
            def self.make = new
            def ==(other) = id == other.id
            puts "a" "b"
            p(%w[ a  b ], ?a,/x  y/)
            a=b if c and not d

            ----
            no words: 126
            foo -1
            foo-1
            foo [1]
            foo[1 ]
            foo (1),2
            foo *args,&block
            x ? y : z
            x=a || b
            y = -1
            h={a: :b,:c => :d,:[] => 1,:e= => 2,"f": g }
            ->(x){x+1 }
            def self.make = new
            def ==(other) = id == other.id
            puts "a" "b"
            p(%w[ a  b ], ?a,/x  y/)
            a=b if c and not d

        "#]],
    );
}

#[test]
fn heredocs_and_data_stay_byte_for_byte() {
    check(
        r#"class A
  def f
    run(<<~SQL, x) # asks for all
      select  *
        from #{table}
    SQL
    [<<~A,
      a
    A
      <<-'B']
      b #{x}
      B
    # The end.
    query <<~C
      c

    C
  end
end
__END__
data   here

  x
"#,
        expect![[r#"
            parsed: 90 tokens
            all words: 87
            class A
             def f
              run(<<~SQL,x) # asks for all
                  select  *
                    from #{table}
                SQL
              [<<~A,
                  a
                A
               <<-'B']
                  b #{x}
                  B
              # The end.
              query <<~C
                  c

                C
             end
            end
            __END__
            data   here

              x

            ----
            no words: 77
            class A
             def f
              run(<<~SQL,x)
                  select  *
                    from #{table}
                SQL
              [<<~A,
                  a
                A
               <<-'B']
                  b #{x}
                  B
              query <<~C
                  c

                C
             end
            end
            __END__
            data   here

              x

        "#]],
    );
}

#[test]
fn comments_of_several_lines_begin_in_the_first_column() {
    check(
        r#"=begin
What this file is for, in a few
words.
=end
class A
  def f
    g
  end
=begin rdoc
Gives the answer.

    A.new.h  # => 42
=end
  def h
    [1,
=begin
Not two.
=end
     3]
  end
end
"#,
        expect![[r#"
            parsed: 77 tokens
            all words: 68
            =begin What this file is for, in a few words.
            =end
            class A
             def f
              g
             end
            =begin rdoc Gives the answer.
                A.new.h  # => 42
            =end
             def h
              [1,
            =begin Not two.
            =end
               3]
             end
            end

            ----
            no words: 39
            class A
             def f
              g
             end
            =begin
                A.new.h  # => 42
            =end
             def h
              [1,3]
             end
            end

        "#]],
    );
}

#[test]
fn safe_changes_indentation_and_ends_of_lines_only() {
    expect![[r#"
        # A  comment
        class A
         def f(a,
          b = 1)
          # Kept
          x = {
           a: 1, # too
          }
         end

        end
    "#]].assert_eq(&safe(
        "ruby",
        "\n\n# A  comment\nclass A\n    def f(a,\n          b = 1)   \n        # Kept\n        x  =  {\n            a:  1,   # too\n        }\n    end\n\n\n\nend\n",
    ));
}

#[test]
fn half_a_class_is_treated_by_line() {
    check(
        "      return x   \n\n\n\n    def g(a\n        text = 'a\n   b'\n        # why\n    end\n",
        expect![[r#"
            does not parse: layout by line: 26 tokens
            all words: 22
             return x

            def g(a
              text = 'a
               b'
              # why
            end

            ----
            no words: 22
             return x

            def g(a
              text = 'a
               b'
              # why
            end

        "#]],
    );
}
